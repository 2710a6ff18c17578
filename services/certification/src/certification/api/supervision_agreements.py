"""Supervision agreements: under whom an Associate or Student works."""

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
from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/supervision-agreements", tags=["supervision-agreements"])

_STAFF = allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)


class AgreementBody(RequestBody):
    """Who supervises whom, when both signed, and from which day it stands."""

    supervisee_id: UUID
    supervisor_id: UUID
    signed_on: CalendarDate = Field(description="When both had signed: today at the latest.")
    effective_from: CalendarDate = Field(
        description=f"The first day of it, never before `signed_on`. {BEGINS_BY}"
    )


class AgreementEndBody(RequestBody):
    """From which day it stands no longer."""

    effective_on: CalendarDate | None = Field(
        default=None,
        description="If omitted, today. The agreement's first day means that it never stood. An "
        "agreement that has an end gets another one if you name the day.",
    )


class AgreementAnswer(BaseModel):
    """One agreement; it stands until the day before `effective_until`."""

    agreement_id: UUID
    supervisee_id: UUID
    supervisor_id: UUID
    signed_on: date
    effective_from: date
    effective_until: date | None


@router.post(
    "", operation_id="record_supervision_agreement", status_code=201, dependencies=[_STAFF]
)
async def post_supervision_agreement(
    body: AgreementBody, tx: CurrentTransaction, law: CurrentLaw, response: Response
) -> AgreementAnswer:
    """Record an agreement; its supervisor must be certified on its first day."""
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
    """End an agreement, or correct its end by naming the day; it stays on record."""
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
    provider_id: Annotated[UUID, Query(description="Who supervises or is supervised.")],
    limit: Limit = 50,
    after: After = None,
) -> Page[AgreementAnswer]:
    """List the agreements in which a provider supervises or is supervised."""
    start = decode_cursor(after, UUID)[0] if after else None
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
