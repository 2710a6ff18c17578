"""Changes of a certification after its grant: suspension, reinstatement, revocation and so on."""

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
    """The first day of a change, and the reasons for it."""

    effective_on: CalendarDate | None = Field(
        default=None,
        description="First day of the change: today or a later day. If omitted, today.",
    )
    reasons: Reasons = Field(description="Why the certification is changed. At least one reason.")


class CorrectionBody(RequestBody):
    """The correct dates of a certification, and what was wrong."""

    effective_from: CalendarDate = Field(
        description="First day of the certification. Must not be before the day on which it was "
        f"granted. {CORRECTED_BEGINS_BY}"
    )
    effective_until: CalendarDate = Field(
        description=f"{LASTS_UNTIL} An expired certification can be extended only up to an end "
        "that it once had."
    )
    reasons: Reasons = Field(
        description="What was wrong with the recorded dates. At least one reason."
    )


class AlsoChangedAnswer(BaseModel):
    """Another certification of the same holder that changed too."""

    certification_id: UUID
    number: str = Field(description="Public number of the holder.")
    effective_on: date = Field(
        description="First day on which the change applies to this certification."
    )


class ChangedAnswer(BaseModel):
    """The change, and the term of the certification after it."""

    certification_id: UUID
    change: Change = Field(description="What happened to the certification.")
    effective_on: date = Field(description="First day on which the change is in effect.")
    effective_from: date = Field(description="First day of the certification.")
    effective_until: date = Field(
        description="First day on which the certification is no longer valid."
    )
    also_changed: list[AlsoChangedAnswer] = Field(
        description="Other certifications of the holder that changed too: renewals and upgrades "
        "granted ahead, which get the same change; and the certification before this one, if it "
        "now ends sooner. Empty if there are none."
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
    """Suspend a certification.

    Its holder leaves the directory on the first day of the suspension; the register shows the
    suspension.
    """
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
    """Reinstate a suspended certification until the end of its term."""
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
    """Revoke a certification permanently.

    It cannot be renewed; its holder can submit a new application.
    """
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
    """Record that the holder gives up the certification."""
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
    """Correct the recorded dates of a certification; both versions stay in its history.

    A correction cannot change what was decided. It is refused with 409 if a suspension, revocation
    or other change would fall outside the term, or if it would change what came before a renewal or
    an upgrade.
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
