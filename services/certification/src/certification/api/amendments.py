"""Names, levels and conditions, amended by the Board: each amendment stays on record."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from certification.api.certification_changes import Reasons
from certification.api.decisions import Texts
from certification.domain.amendments import Amended, Amendment
from certification.domain.applications import Kind, Level
from certification.parts import CurrentParts
from certification.storage import amendments
from certification.use_cases.amend_certification import (
    AmendConditions,
    CorrectLevel,
    amend_conditions,
    correct_level,
)
from certification.use_cases.name_holder import Amending, NameHolder, name_holder
from shared.http.etags import RequiredVersion, set_etag
from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, Line, RequestBody
from shared.security.principals import Role
from shared.versions import Seen

router = guarded_router("/v1", tags=["amendments"])

_STAFF = allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)
_MANAGER = allow(Role.BOARD_MANAGER)
IS_CORRECTION = (
    "If true, what is on record was wrong from its own first day on and is replaced on all its "
    "days. If false, it was right until now."
)


class NameBody(RequestBody):
    """The name of a provider or program, from a day on or as it should have been recorded."""

    name: Line
    correction: bool = Field(default=False, description=IS_CORRECTION, examples=[False])
    effective_from: CalendarDate | None = Field(
        default=None,
        description="First day of the new name: today or an earlier day, not before the day on "
        "which the present name began. If omitted, today. A correction has none.",
    )
    reasons: Reasons

    @model_validator(mode="after")
    def date_changes_alone(self) -> Self:
        """Refuse a day for a correction: it holds as long as what it replaces."""
        if self.correction and self.effective_from is not None:
            raise PydanticCustomError("effective_from", "a correction has no `effective_from`")
        return self

    def command(self, kind: Kind, holder_id: UUID, seen: Seen) -> NameHolder:
        """Return what the use case takes."""
        return NameHolder(
            kind,
            holder_id,
            self.name,
            self.correction,
            self.effective_from,
            self.reasons,
            seen,
        )


class LevelBody(RequestBody):
    """The level that was granted in truth."""

    level: Level
    reasons: Reasons


class ConditionsBody(RequestBody):
    """All conditions of a certification; what is not named here is lifted."""

    conditions: Texts = Field(
        description="Conditions that are not public: only people who sign in see them."
    )
    public_conditions: Texts = Field(
        description="Conditions that anybody sees in the register, its extracts and the directory."
    )
    correction: bool = Field(default=False, description=IS_CORRECTION)
    reasons: Reasons


class AmendmentAnswer(BaseModel):
    """One amendment: what was on record before, what is now, and from which day."""

    amendment_id: UUID
    amended: Amended
    holder_id: UUID
    certification_id: UUID | None = Field(
        description="The certification whose level or conditions were amended. Null for a name."
    )
    former: dict[str, str | list[str]]
    now: dict[str, str | list[str]]
    effective_from: date | None = Field(
        description="First day of what is on record now. Null for a correction: it holds on all "
        "days on which what it replaces was said to hold."
    )
    reasons: list[str] = Field(
        description="Why it was amended. Empty for a name that came with a renewal or upgrade."
    )
    recorded_at: datetime
    recorded_by: str


@router.post(
    "/providers/{provider_id}/names",
    operation_id="name_provider",
    status_code=201,
    dependencies=[_STAFF],
)
async def post_provider_name(
    provider_id: UUID,
    body: NameBody,
    tx: CurrentTransaction,
    seen: RequiredVersion,
    response: Response,
) -> AmendmentAnswer:
    """Record a provider's new name from a day on, or correct the name on record."""
    command = body.command(Kind.PROVIDER, provider_id, seen)
    return _answer(await name_holder(tx, command), response)


@router.post(
    "/programs/{program_id}/names",
    operation_id="name_program",
    status_code=201,
    dependencies=[_STAFF],
)
async def post_program_name(
    program_id: UUID,
    body: NameBody,
    tx: CurrentTransaction,
    seen: RequiredVersion,
    response: Response,
) -> AmendmentAnswer:
    """Record a program's new name from a day on, or correct the name on record."""
    command = body.command(Kind.PROGRAM, program_id, seen)
    return _answer(await name_holder(tx, command), response)


@router.post(
    "/certifications/{certification_id}/level-corrections",
    operation_id="correct_certification_level",
    status_code=201,
    dependencies=[_MANAGER],
)
async def post_level_correction(
    certification_id: UUID,
    body: LevelBody,
    tx: CurrentTransaction,
    parts: CurrentParts,
    seen: RequiredVersion,
    response: Response,
) -> AmendmentAnswer:
    """Correct a level that was recorded wrongly, on every day of the certification.

    The dates stay: where the right level has another term, correct them too. A provider who rises
    to a higher level applies for an upgrade instead.
    """
    command = CorrectLevel(certification_id, body.level, body.reasons, seen)
    return _answer(await correct_level(tx, parts.standards, command), response)


@router.post(
    "/certifications/{certification_id}/conditions",
    operation_id="amend_certification_conditions",
    status_code=201,
    dependencies=[_MANAGER],
)
async def post_conditions(
    certification_id: UUID,
    body: ConditionsBody,
    tx: CurrentTransaction,
    seen: RequiredVersion,
    response: Response,
) -> AmendmentAnswer:
    """Lift or add conditions of a certification from today on, or correct those on record."""
    command = AmendConditions(
        certification_id,
        body.conditions,
        body.public_conditions,
        body.correction,
        body.reasons,
        seen,
    )
    return _answer(await amend_conditions(tx, command), response)


@router.get(
    "/amendments",
    operation_id="list_amendments",
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR)],
)
async def get_amendments(
    tx: CurrentTransaction,
    holder_id: Annotated[UUID, Query(description="Id of the provider or program.")],
    limit: Limit = 50,
    after: After = None,
) -> Page[AmendmentAnswer]:
    """List what was amended of a provider or program, the first amendment first."""
    start = decode_cursor(after, UUID)[0] if after else None
    found = await amendments.of_holder(tx, holder_id, after=start, limit=limit)
    shown, following = page_of(found, limit, lambda amendment: (amendment.id,))
    return Page(items=[_shaped(each) for each in shown], next=following)


def _answer(done: Amending, response: Response) -> AmendmentAnswer:
    response.headers["Location"] = f"/v1/amendments?holder_id={done.amendment.holder_id}"
    set_etag(response, done.version)
    return _shaped(done.amendment)


def _shaped(amendment: Amendment) -> AmendmentAnswer:
    return AmendmentAnswer(
        amendment_id=amendment.id,
        amended=amendment.amended,
        holder_id=amendment.holder_id,
        certification_id=amendment.certification_id,
        former=dict(amendment.former),
        now=dict(amendment.now),
        effective_from=amendment.effective_from,
        reasons=list(amendment.reasons),
        recorded_at=amendment.recorded_at,
        recorded_by=amendment.recorded_by,
    )
