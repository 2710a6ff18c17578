"""Scorer credentials: SARATSO's certifications of scorers, as recorded by the Board."""

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
from shared.http.paging import After, Limit, Page, id_cursor, page_of
from shared.http.routes import CurrentPrincipal, CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, Line, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Actor, Role

router = guarded_router("/v1/scorer-credentials", tags=["scorer-credentials"])

_SEE_ALL = (Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR, Role.OPERATOR)


class ScorerCredentialBody(RequestBody):
    """SARATSO's certification of a person to score with one instrument."""

    scorer_id: UUID = Field(description="ID of the provider, or of the officer for Static-99R.")
    instrument: InstrumentCode
    effective_from: CalendarDate = Field(description=f"First day of the credential. {BEGINS_BY}")
    effective_until: CalendarDate = Field(description=LASTS_UNTIL)
    reference: Line = Field(description="SARATSO's reference for the certification.")


class ScorerCredentialAnswer(BaseModel):
    """One scorer credential."""

    scorer_credential_id: UUID
    scorer_id: UUID = Field(description="ID of the provider, or of the officer for Static-99R.")
    instrument: InstrumentCode
    effective_from: date = Field(description="First day of the credential.")
    effective_until: date = Field(
        description="First day on which the credential is no longer valid, unless it ended earlier."
    )
    reference: str = Field(description="SARATSO's reference for the certification.")
    ended_on: date | None = Field(
        description="First day without the credential if it was withdrawn or corrected. Null "
        "otherwise."
    )
    superseded_by: UUID | None = Field(
        description="ID of the credential that corrected this one. Null if it was not corrected."
    )


class CredentialEndBody(RequestBody):
    """When the credential ends."""

    effective_on: CalendarDate | None = Field(
        default=None, description="First day without the credential. If omitted, today."
    )


class CredentialCorrectionBody(RequestBody):
    """The correct values of a credential. Its scorer cannot change."""

    instrument: InstrumentCode
    effective_from: CalendarDate = Field(description=f"First day of the credential. {BEGINS_BY}")
    effective_until: CalendarDate = Field(description=LASTS_UNTIL)
    reference: Line = Field(description="SARATSO's reference for the certification.")


@router.post(
    "",
    operation_id="record_scorer_credential",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_scorer_credential(
    body: ScorerCredentialBody, tx: CurrentTransaction, law: CurrentLaw, response: Response
) -> ScorerCredentialAnswer:
    """Record that SARATSO certified a person to score with one instrument."""
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
    """Record that SARATSO has withdrawn a credential."""
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
    """Correct a credential that was recorded wrongly.

    A new record supersedes it; both stay on record.
    """
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
    scorer_id: Annotated[UUID, Query(description="ID of the provider or officer who scores.")],
    limit: Limit = 50,
    after: After = None,
) -> Page[ScorerCredentialAnswer]:
    """List a scorer's credentials.

    Providers and officers see only their own.
    """
    if not _may_see(principal, scorer_id):
        raise NotFoundError(f"there is no scorer {scorer_id}", code="scorer-not-found")
    start = id_cursor(after)
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
