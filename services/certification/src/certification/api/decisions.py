"""The Board's decisions: each is made once, on the version that the reviewer has seen."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from certification.domain.applications import Level
from certification.domain.day_bounds import FOLLOWER_BEGINS_BY
from certification.domain.decisions import Outcome, Verdict
from certification.parts import CurrentParts
from certification.use_cases.decide_application import DecideApplication, decide_application
from shared.http.etags import RequiredVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, Lines, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/applications", tags=["decisions"])

MOST_TEXTS = 20
Texts = Annotated[tuple[Lines, ...], Field(max_length=MOST_TEXTS)]


class DecisionBody(RequestBody):
    """The Board's decision on a complete application."""

    outcome: Outcome = Field(
        description="`granted`, `granted-with-conditions` (requires a condition) or `denied` "
        "(requires a reason)."
    )
    reasons: Texts = Field(
        default=(), description="Reasons for the decision. A denial needs at least one."
    )
    conditions: Texts = Field(
        default=(),
        description="Conditions shown only to people who sign in. Must be omitted unless the "
        "outcome is `granted-with-conditions`.",
    )
    public_conditions: Texts = Field(
        default=(),
        description="Conditions shown to everybody in the register, its extracts and the "
        "directory. Must be omitted unless the outcome is `granted-with-conditions`.",
    )
    effective_on: CalendarDate | None = Field(
        default=None,
        description="First day of the certification: the day of the decision or later. If "
        f"omitted, today. Must be omitted for a denial. {FOLLOWER_BEGINS_BY}",
    )
    level: Level | None = Field(
        default=None,
        description="A lower level to grant than the one applied for. If omitted, the level "
        "applied for. Must be omitted for a program.",
    )

    def verdict(self) -> Verdict:
        """Build the use case's verdict."""
        return Verdict(
            self.outcome,
            self.reasons,
            self.conditions,
            self.effective_on,
            self.level,
            self.public_conditions,
        )


class DecisionAnswer(BaseModel):
    """The decision, and the certification that resulted from it."""

    decision_id: UUID
    outcome: Outcome
    decided_on: date = Field(description="Day of the decision.")
    certification_id: UUID | None = Field(
        description="ID of the certification that was granted. Null for a denial."
    )
    number: str | None = Field(
        description="Public number of the certification's holder. Null for a denial."
    )
    level: Level | None = Field(
        description="Level that was granted, or that was applied for and denied. Null for a "
        "program."
    )
    effective_from: date | None = Field(
        description="First day of the certification. Null for a denial."
    )
    effective_until: date | None = Field(
        description="First day on which the certification is no longer valid. Null for a denial."
    )


@router.post(
    "/{application_id}/decisions",
    operation_id="decide_application",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_decision(
    application_id: UUID,
    body: DecisionBody,
    tx: CurrentTransaction,
    law: CurrentLaw,
    parts: CurrentParts,
    seen: RequiredVersion,
    response: Response,
) -> DecisionAnswer:
    """Decide a complete application.

    A grant certifies the holder from today or from the later day in `effective_on`. `If-Match` must
    name the version that the reviewer has seen.
    """
    command = DecideApplication(application_id, seen, body.verdict())
    done = await decide_application(tx, law, parts.standards, command)
    granted = done.certification
    response.headers["Location"] = (
        f"/v1/certifications/{granted.id}" if granted else f"/v1/applications/{application_id}"
    )
    set_etag(response, done.application_version)
    return DecisionAnswer(
        decision_id=done.decision.id,
        outcome=done.decision.outcome,
        decided_on=done.decision.decided_on,
        certification_id=granted.id if granted else None,
        number=granted.number if granted else None,
        level=done.decision.level,
        effective_from=granted.effective_from if granted else None,
        effective_until=granted.effective_until if granted else None,
    )
