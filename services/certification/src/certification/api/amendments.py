"""Amendments of names, levels and conditions by the Board; each amendment stays on record."""

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
from shared.http.paging import After, Limit, Page, id_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, Line, RequestBody
from shared.security.principals import Role
from shared.versions import Seen

router = guarded_router("/v1", tags=["amendments"])

_STAFF = allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)
_MANAGER = allow(Role.BOARD_MANAGER)
IS_CORRECTION = (
    "If true, the value on record was wrong from its first day and is replaced for that whole "
    "period. If false, it was right until now and changes from the effective day on."
)


class NameBody(RequestBody):
    """The new or corrected name of a provider or program."""

    name: Line = Field(
        description="The name from now on, or the name that should have been recorded."
    )
    correction: bool = Field(default=False, description=IS_CORRECTION, examples=[False])
    effective_from: CalendarDate | None = Field(
        default=None,
        description="First day of the new name: today or an earlier day, but not before the day "
        "on which the present name began. If omitted, today. Must be omitted if `correction` is "
        "true.",
    )
    reasons: Reasons = Field(description="Why the name changes or was wrong. At least one reason.")

    @model_validator(mode="after")
    def date_changes_alone(self) -> Self:
        """Refuse `effective_from` for a correction: it applies to the whole period it replaces."""
        if self.correction and self.effective_from is not None:
            raise PydanticCustomError(
                "effective_from", "`effective_from` must be omitted if `correction` is true"
            )
        return self

    def command(self, kind: Kind, holder_id: UUID, seen: Seen) -> NameHolder:
        """Build the use case's command."""
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
    """The level at which the certification was really granted."""

    level: Level = Field(description="The correct level.")
    reasons: Reasons = Field(description="Why the recorded level was wrong. At least one reason.")


class ConditionsBody(RequestBody):
    """The complete conditions of a certification; any condition not listed here is lifted."""

    conditions: Texts = Field(
        description="Conditions shown only to people who sign in. An empty list lifts all of them."
    )
    public_conditions: Texts = Field(
        description="Conditions shown to everybody in the register, its extracts and the "
        "directory. An empty list lifts all of them."
    )
    correction: bool = Field(default=False, description=IS_CORRECTION)
    reasons: Reasons = Field(
        description="Why the conditions change or were wrong. At least one reason."
    )


class AmendmentAnswer(BaseModel):
    """One amendment: the value before, the value now, and its first day."""

    amendment_id: UUID
    amended: Amended = Field(
        description="What was amended: the `name` of a holder, or the `level` or `conditions` of "
        "a certification."
    )
    holder_id: UUID = Field(description="ID of the provider or program.")
    certification_id: UUID | None = Field(
        description="ID of the certification whose level or conditions were amended. Null if a "
        "name was amended."
    )
    former: dict[str, str | list[str]] = Field(
        description="The value before the amendment, by field name."
    )
    now: dict[str, str | list[str]] = Field(
        description="The value after the amendment, by field name."
    )
    effective_from: date | None = Field(
        description="First day of the amended value. Null for a correction, which applies to the "
        "whole period of the value it replaces."
    )
    reasons: list[str] = Field(
        description="Why it was amended. Empty for a name that changed with a renewal or an "
        "upgrade."
    )
    recorded_at: datetime
    recorded_by: str = Field(
        description="Token subject (`sub`) of the person who recorded the amendment."
    )


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
    """Record a provider's new name from a given day on, or correct the name on record."""
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
    """Record a program's new name from a given day on, or correct the name on record."""
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
    """Correct the level of a certification that was recorded wrongly, for its whole term.

    The dates of the term do not change. If the correct level has a term of another length, correct
    the dates too. A provider who moves to a higher level must apply for an upgrade instead.
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
    """Replace the conditions of a certification from today on, or correct those on record."""
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
    holder_id: Annotated[UUID, Query(description="ID of the provider or program.")],
    limit: Limit = 50,
    after: After = None,
) -> Page[AmendmentAnswer]:
    """List the amendments of a provider or program, oldest first."""
    start = id_cursor(after)
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
