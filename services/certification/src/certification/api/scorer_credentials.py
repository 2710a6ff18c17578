"""Scorer credentials: SARATSO's certifications of scorers, as the Board recorded them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field

from certification.domain.credentials import InstrumentCode, RecordedSpan, ScorerCredential
from certification.domain.day_bounds import BEGINS_BY, LASTS_UNTIL
from certification.storage import credentials
from certification.use_cases.end_scorer_credential import (
    RightCredential,
    correct_scorer_credential,
    end_scorer_credential,
)
from certification.use_cases.record_scorer_credential import (
    RecordScorerCredential,
    record_scorer_credential,
)
from shared.errors import NotFoundError
from shared.http.etags import SeenVersion, set_etag
from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentPrincipal, CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, Line, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Actor, Role

router = guarded_router("/v1/scorer-credentials", tags=["scorer-credentials"])

_SEE_ALL = (Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR, Role.OPERATOR)


class ScorerCredentialBody(RequestBody):
    """Who may score what; `scorer_id` is a provider's id, or an officer's for Static-99R."""

    scorer_id: UUID
    instrument: InstrumentCode
    effective_from: CalendarDate = Field(description=BEGINS_BY)
    effective_until: CalendarDate = Field(description=LASTS_UNTIL)
    reference: Line


class ScorerCredentialAnswer(BaseModel):
    """One credential; it holds until the day before `effective_until`."""

    scorer_credential_id: UUID
    scorer_id: UUID
    instrument: InstrumentCode
    effective_from: date
    effective_until: date
    reference: str
    ended_on: date | None
    superseded_by: UUID | None


class CredentialEndBody(RequestBody):
    """From which day it holds no longer; without it, from today."""

    effective_on: CalendarDate | None = None


class CredentialCorrectionBody(RequestBody):
    """What is right instead; the scorer stays the same."""

    instrument: InstrumentCode
    effective_from: CalendarDate = Field(description=BEGINS_BY)
    effective_until: CalendarDate = Field(description=LASTS_UNTIL)
    reference: Line


@router.post(
    "",
    operation_id="record_scorer_credential",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_scorer_credential(
    body: ScorerCredentialBody, tx: CurrentTransaction, law: CurrentLaw, response: Response
) -> ScorerCredentialAnswer:
    """Record that a person may score one instrument."""
    span = RecordedSpan(body.effective_from, body.effective_until)
    command = RecordScorerCredential(body.scorer_id, body.instrument, span, body.reference)
    credential = await record_scorer_credential(tx, law, command)
    return _kept(credential, response)


@router.post(
    "/{scorer_credential_id}/endings",
    operation_id="end_scorer_credential",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_ending(
    scorer_credential_id: UUID,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
    body: CredentialEndBody | None = None,
) -> ScorerCredentialAnswer:
    """Record that whoever granted it has withdrawn it."""
    credential = await end_scorer_credential(
        tx, scorer_credential_id, on=body.effective_on if body else None, seen_version=seen
    )
    return _kept(credential, response)


@router.post(
    "/{scorer_credential_id}/corrections",
    operation_id="correct_scorer_credential",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_correction(
    scorer_credential_id: UUID,
    body: CredentialCorrectionBody,
    tx: CurrentTransaction,
    law: CurrentLaw,
    seen: SeenVersion,
    response: Response,
) -> ScorerCredentialAnswer:
    """Correct what was recorded wrongly: another record supersedes it, both stay."""
    credential = await correct_scorer_credential(
        tx,
        law,
        scorer_credential_id,
        RightCredential(body.instrument, body.effective_from, body.effective_until, body.reference),
        seen_version=seen,
    )
    return _kept(credential, response)


@router.get(
    "",
    operation_id="list_scorer_credentials",
    dependencies=[allow(Role.PROVIDER, Role.OFFICER, *_SEE_ALL)],
)
async def get_scorer_credentials(
    tx: CurrentTransaction,
    principal: CurrentPrincipal,
    scorer_id: Annotated[UUID, Query()],
    limit: Limit = 50,
    after: After = None,
) -> Page[ScorerCredentialAnswer]:
    """List a scorer's credentials; providers and officers see their own alone."""
    if not _may_see(principal, scorer_id):
        raise NotFoundError(f"there is no scorer {scorer_id}", code="scorer-not-found")
    start = decode_cursor(after, UUID)[0] if after else None
    found = await credentials.scorer_credentials_of(tx, scorer_id, after=start, limit=limit)
    shown, following = page_of(found, limit, lambda credential: (credential.id,))
    return Page(items=[_answer(each) for each in shown], next=following)


def _kept(credential: ScorerCredential, response: Response) -> ScorerCredentialAnswer:
    response.headers["Location"] = f"/v1/scorer-credentials?scorer_id={credential.scorer_id}"
    set_etag(response, credential.version)
    return _answer(credential)


def _may_see(principal: Actor, scorer_id: UUID) -> bool:
    return principal.has(*_SEE_ALL) or str(scorer_id) in {
        str(principal.provider),
        principal.subject,
    }


def _answer(credential: ScorerCredential) -> ScorerCredentialAnswer:
    return ScorerCredentialAnswer(
        scorer_credential_id=credential.id,
        scorer_id=credential.scorer_id,
        instrument=credential.instrument,
        effective_from=credential.span.effective_from,
        effective_until=credential.span.effective_until,
        reference=credential.reference,
        ended_on=credential.end.on if credential.end else None,
        superseded_by=credential.end.superseded_by if credential.end else None,
    )
