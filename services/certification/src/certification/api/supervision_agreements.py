"""Supervision agreements: the certified provider under whom an associate or student works."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field

from certification.domain.day_bounds import BEGINS_BY
from certification.domain.supervision_agreements import SupervisionAgreement
from certification.storage import supervision_agreements
from certification.use_cases.record_supervision_agreement import (
    RecordSupervisionAgreement,
    end_supervision_agreement,
    record_supervision_agreement,
)
from shared.http.etags import SeenVersion, set_etag
from shared.http.paging import After, Limit, Page, id_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/supervision-agreements", tags=["supervision-agreements"])

_STAFF = allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)


class AgreementBody(RequestBody):
    """An agreement between a supervisor and a supervisee."""

    supervisee_id: UUID = Field(description="ID of the provider who is supervised.")
    supervisor_id: UUID = Field(description="ID of the provider who supervises.")
    signed_on: CalendarDate = Field(description="Day on which both had signed: today or earlier.")
    effective_from: CalendarDate = Field(
        description=f"First day of the agreement, not before `signed_on`. {BEGINS_BY}"
    )


class AgreementEndBody(RequestBody):
    """When the agreement ends."""

    effective_on: CalendarDate | None = Field(
        default=None,
        description="First day without the agreement. If omitted, today. If it has ended before, "
        "another day corrects the end. Its own first day means that it was recorded by mistake "
        "and was never in effect.",
    )


class AgreementAnswer(BaseModel):
    """One supervision agreement."""

    agreement_id: UUID
    supervisee_id: UUID = Field(description="ID of the provider who is supervised.")
    supervisor_id: UUID = Field(description="ID of the provider who supervises.")
    signed_on: date = Field(description="Day on which both had signed.")
    effective_from: date = Field(description="First day of the agreement.")
    effective_until: date | None = Field(
        description="First day without the agreement. Null if no end is recorded."
    )


@router.post(
    "", operation_id="record_supervision_agreement", status_code=201, dependencies=[_STAFF]
)
async def post_supervision_agreement(
    body: AgreementBody, tx: CurrentTransaction, law: CurrentLaw, response: Response
) -> AgreementAnswer:
    """Record a supervision agreement.

    The supervisor must be certified on its first day.
    """
    command = RecordSupervisionAgreement(
        body.supervisee_id, body.supervisor_id, body.signed_on, body.effective_from
    )
    agreement = await record_supervision_agreement(tx, law, command)
    return _answer(agreement, response)


@router.post(
    "/{agreement_id}/endings",
    operation_id="end_supervision_agreement",
    status_code=201,
    dependencies=[_STAFF],
)
async def post_ending(
    agreement_id: UUID,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
    body: AgreementEndBody | None = None,
) -> AgreementAnswer:
    """End a supervision agreement, or correct its end by naming another day.

    The agreement stays on record.
    """
    agreement = await end_supervision_agreement(
        tx, agreement_id, on=body.effective_on if body else None, seen_version=seen
    )
    return _answer(agreement, response)


@router.get(
    "",
    operation_id="list_supervision_agreements",
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR, Role.OPERATOR)],
)
async def get_supervision_agreements(
    tx: CurrentTransaction,
    provider_id: Annotated[
        UUID, Query(description="ID of the provider who supervises or is supervised.")
    ],
    limit: Limit = 50,
    after: After = None,
) -> Page[AgreementAnswer]:
    """List the agreements in which a provider supervises or is supervised."""
    start = id_cursor(after)
    found = await supervision_agreements.of_provider(tx, provider_id, after=start, limit=limit)
    shown, following = page_of(found, limit, lambda agreement: (agreement.id,))
    return Page(items=[_shaped(each) for each in shown], next=following)


def _answer(agreement: SupervisionAgreement, response: Response) -> AgreementAnswer:
    url = f"/v1/supervision-agreements?provider_id={agreement.supervisee_id}"
    response.headers["Location"] = url
    set_etag(response, agreement.version)
    return _shaped(agreement)


def _shaped(agreement: SupervisionAgreement) -> AgreementAnswer:
    return AgreementAnswer(
        agreement_id=agreement.id,
        supervisee_id=agreement.supervisee_id,
        supervisor_id=agreement.supervisor_id,
        signed_on=agreement.signed_on,
        effective_from=agreement.effective_from,
        effective_until=agreement.effective_until,
    )
