"""What happens to a certification after its grant: suspended, reinstated, revoked and so on."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from certification.domain.certification_changes import Change
from certification.domain.day_bounds import CORRECTED_BEGINS_BY, LASTS_UNTIL
from certification.use_cases.change_certification import (
    ChangeCertification,
    Changed,
    change_certification,
)
from certification.use_cases.correct_certification import (
    CorrectCertification,
    correct_certification,
)
from shared.http.etags import RequiredVersion, SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, Lines, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role
from shared.versions import Seen

router = guarded_router("/v1/certifications", tags=["certifications"])

MOST_TEXTS = 20
Reasons = Annotated[tuple[Lines, ...], Field(min_length=1, max_length=MOST_TEXTS)]
_MANAGER = allow(Role.BOARD_MANAGER)
_STAFF = allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)


class ChangeBody(RequestBody):
    """From which day, today or later, and why."""

    effective_on: CalendarDate | None = Field(default=None, description="Without it, today.")
    reasons: Reasons


class CorrectionBody(RequestBody):
    """From when until when it really holds, and what was wrong."""

    effective_from: CalendarDate = Field(
        description=f"Never before the day on which the grant was decided. {CORRECTED_BEGINS_BY}"
    )
    effective_until: CalendarDate = Field(
        description=f"{LASTS_UNTIL} What has expired holds again only up to an end that it had."
    )
    reasons: Reasons


class AlsoChangedAnswer(BaseModel):
    """Another certification of the same holder that was changed with it."""

    certification_id: UUID
    number: str
    effective_on: date = Field(description="Day from which the change holds for it.")


class ChangedAnswer(BaseModel):
    """What happened, from which day; the span is the certification's as it stands now."""

    certification_id: UUID
    change: Change
    effective_on: date
    effective_from: date
    effective_until: date
    also_changed: list[AlsoChangedAnswer] = Field(
        description="Other certifications of the holder that were changed with this one: those "
        "that follow it, by the same change; and the one that it follows, if that ends sooner now. "
        "Empty if none."
    )


@router.post(
    "/{certification_id}/suspensions",
    operation_id="suspend_certification",
    status_code=201,
    dependencies=[_MANAGER],
)
async def post_suspension(
    certification_id: UUID,
    body: ChangeBody,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
) -> ChangedAnswer:
    """Suspend it: its holder leaves the directory the same day, the register says since when."""
    return await _change(tx, certification_id, Change.SUSPENDED, body, seen, response)


@router.post(
    "/{certification_id}/reinstatements",
    operation_id="reinstate_certification",
    status_code=201,
    dependencies=[_MANAGER],
)
async def post_reinstatement(
    certification_id: UUID,
    body: ChangeBody,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
) -> ChangedAnswer:
    """Reinstate a suspended one, until its term is over."""
    return await _change(tx, certification_id, Change.REINSTATED, body, seen, response)


@router.post(
    "/{certification_id}/revocations",
    operation_id="revoke_certification",
    status_code=201,
    dependencies=[_MANAGER],
)
async def post_revocation(
    certification_id: UUID,
    body: ChangeBody,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
) -> ChangedAnswer:
    """Revoke it for good: its holder may apply anew, there is no renewal of it."""
    return await _change(tx, certification_id, Change.REVOKED, body, seen, response)


@router.post(
    "/{certification_id}/surrenders",
    operation_id="surrender_certification",
    status_code=201,
    dependencies=[_STAFF],
)
async def post_surrender(
    certification_id: UUID,
    body: ChangeBody,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
) -> ChangedAnswer:
    """Record that its holder gives it up."""
    return await _change(tx, certification_id, Change.SURRENDERED, body, seen, response)


@router.post(
    "/{certification_id}/corrections",
    operation_id="correct_certification",
    status_code=201,
    dependencies=[_MANAGER],
)
async def post_correction(
    certification_id: UUID,
    body: CorrectionBody,
    tx: CurrentTransaction,
    law: CurrentLaw,
    seen: RequiredVersion,
    response: Response,
) -> ChangedAnswer:
    """Correct wrong dates: the right ones supersede them, both stay in the history.

    What was decided stands. Refused with 409 are dates that leave a suspension, revocation or other
    change outside of the term, and dates that change what went before a renewal or an upgrade.
    """
    command = CorrectCertification(
        certification_id, body.effective_from, body.effective_until, body.reasons, seen
    )
    return _answer(await correct_certification(tx, law, command), response)


async def _change(
    tx: CurrentTransaction,
    certification_id: UUID,
    change: Change,
    body: ChangeBody,
    seen: Seen | None,
    response: Response,
) -> ChangedAnswer:
    command = ChangeCertification(certification_id, change, body.effective_on, body.reasons, seen)
    return _answer(await change_certification(tx, command), response)


def _answer(done: Changed, response: Response) -> ChangedAnswer:
    response.headers["Location"] = f"/v1/certifications/{done.certification.id}"
    set_etag(response, done.certification.version)
    return ChangedAnswer(
        certification_id=done.certification.id,
        change=done.change.change,
        effective_on=done.change.effective_on,
        effective_from=done.certification.effective_from,
        effective_until=done.certification.effective_until,
        also_changed=[
            AlsoChangedAnswer(
                certification_id=each.certification.id,
                number=each.certification.number,
                effective_on=each.change.effective_on,
            )
            for each in done.also
        ],
    )
