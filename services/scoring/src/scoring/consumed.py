"""Event handlers: a use case if something must be decided, else a direct write to storage."""

from scoring.domain.cases import Case, Supervision, Team, Treatment
from scoring.domain.shares import Receipt
from scoring.storage import cases, standings
from scoring.use_cases.forget_lost_event import forget_case, forget_score_receipt
from scoring.use_cases.learn_score_receipt import learn_score_receipt
from shared.credentials import kept_changes, program_links
from shared.credentials.program_links import LINK_EVENTS, ToldLink
from shared.credentials.told_changes import (
    BEGINNINGS,
    CHANGES,
    CertificationBegun,
    CertificationChanged,
    change_of,
)
from shared.database.transaction import Transaction
from shared.events.certification import ScorerCredentialEnded, ScorerCredentialRecorded
from shared.events.event import Event
from shared.events.supervision import CaseOpened, ScoreReceiptRecorded, TeamChanged
from shared.law.validity import Validity
from shared.messaging.consuming.handlers import EventHandlers, Lost, Received


def handlers() -> EventHandlers:
    """Return the event handlers of this service."""
    registry = EventHandlers()
    for beginning in BEGINNINGS:
        registry.on(beginning, _certification_begun, forget=_forget_certification)
    for change in CHANGES:
        registry.on(change, _certification_changed, forget=_forget_change)
    for told_link in LINK_EVENTS:
        registry.on(told_link, _program_provider_told, forget=_forget_link, is_told_again=True)
    registry.on(
        ScorerCredentialRecorded, _scorer_credential_recorded, forget=_forget_scorer_credential
    )
    registry.on(ScorerCredentialEnded, _scorer_credential_ended, forget=_forget_change)
    registry.on(CaseOpened, _case_opened, forget=_forget_case)
    registry.on(TeamChanged, _team_changed, forget=_forget_team)
    registry.on(ScoreReceiptRecorded, _score_receipt_recorded, forget=_forget_receipt)
    return registry


async def _certification_begun(tx: Transaction, event: Received[CertificationBegun]) -> None:
    data = event.data
    term = Validity(data.effective_from, data.effective_until)
    standings.insert_certification_if_new(
        tx, data.certification_id, data.kind, data.holder_id, term
    )


async def _certification_changed(tx: Transaction, event: Received[CertificationChanged]) -> None:
    await standings.insert_certification_change(tx, change_of(event.event_id, event.data))


async def _program_provider_told(tx: Transaction, event: Received[ToldLink]) -> None:
    program_links.upsert(tx, event.data)


async def _scorer_credential_recorded(
    tx: Transaction, event: Received[ScorerCredentialRecorded]
) -> None:
    data = event.data
    term = Validity(data.effective_from, data.effective_until)
    standings.insert_credential_if_new(
        tx, data.scorer_credential_id, data.scorer_id, data.instrument, term
    )


async def _scorer_credential_ended(tx: Transaction, event: Received[ScorerCredentialEnded]) -> None:
    await standings.insert_credential_change(tx, change_of(event.event_id, event.data))


async def _case_opened(tx: Transaction, event: Received[CaseOpened]) -> None:
    data = event.data
    supervision = Supervision(data.agency, data.unit, data.officer_id)
    await cases.insert_if_new(tx, Case(data.case_id, data.agency_kind, supervision, treatment=None))


async def _team_changed(tx: Transaction, event: Received[TeamChanged]) -> None:
    data = event.data
    supervision = Supervision(data.agency, data.unit, data.officer_id)
    treatment = Treatment(data.provider_id, data.program_id, data.examiner_id, data.effective_from)
    await cases.insert_team_if_new(tx, Team(data.team_id, data.case_id, supervision, treatment))


async def _score_receipt_recorded(tx: Transaction, event: Received[ScoreReceiptRecorded]) -> None:
    data = event.data
    await learn_score_receipt(tx, data.share_id, Receipt(data.score_receipt_id, data.received_at))


async def _forget_certification(tx: Transaction, lost: Lost[Event]) -> None:
    await standings.forget_certification(tx, lost.subject_id)


async def _forget_change(tx: Transaction, lost: Lost[Event]) -> None:
    await kept_changes.forget(tx, lost.event_id)


async def _forget_link(tx: Transaction, lost: Lost[ToldLink]) -> None:
    await program_links.forget(tx, lost.subject_id)


async def _forget_scorer_credential(tx: Transaction, lost: Lost[Event]) -> None:
    await standings.forget_credential(tx, lost.subject_id)


async def _forget_case(tx: Transaction, lost: Lost[Event]) -> str | None:
    return await forget_case(tx, lost.subject_id)


async def _forget_team(tx: Transaction, lost: Lost[TeamChanged]) -> None:
    await cases.forget_team(tx, lost.data.team_id)


async def _forget_receipt(tx: Transaction, lost: Lost[ScoreReceiptRecorded]) -> None:
    await forget_score_receipt(tx, lost.data.score_receipt_id)
