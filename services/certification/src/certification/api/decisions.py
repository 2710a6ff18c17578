"""Decisions: made once, on the version that the reviewer has seen."""

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
    """The verdict; without `effective_on` a grant takes effect today."""

    outcome: Outcome
    reasons: Texts = ()
    conditions: Texts = Field(
        default=(), description="Conditions that are not public: only people who sign in see them."
    )
    public_conditions: Texts = Field(
        default=(),
        description="Conditions that anybody sees in the register, its extracts and the directory.",
    )
    effective_on: CalendarDate | None = Field(
        default=None,
        description=f"Day from which a grant holds. If omitted, today. {FOLLOWER_BEGINS_BY}",
    )
    level: Level | None = Field(
        default=None, description="A lower level than the one applied for, at which it is granted."
    )

    def verdict(self) -> Verdict:
        """Return what the use case takes."""
        return Verdict(
            self.outcome,
            self.reasons,
            self.conditions,
            self.effective_on,
            self.level,
            self.public_conditions,
        )


class DecisionAnswer(BaseModel):
    """The decision, and the certification that came of it; it holds until the day before."""

    decision_id: UUID
    outcome: Outcome
    decided_on: date
    certification_id: UUID | None
    number: str | None
    level: Level | None
    effective_from: date | None
    effective_until: date | None


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
    """Decide a complete application; a grant certifies from today or a later day on."""
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
