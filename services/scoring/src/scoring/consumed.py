"""Which use case answers which event of another service."""

from scoring.domain.cases import Case, Supervision, Team, Treatment
from scoring.domain.shares import Receipt
from scoring.use_cases.forget_lost_event import (
    forget_case,
    forget_certification,
    forget_change,
    forget_program_link,
    forget_score_receipt,
    forget_scorer_credential,
    forget_team,
)
from scoring.use_cases.learn_case import learn_case
from scoring.use_cases.learn_certification import (
    learn_certification,
    learn_certification_change,
)
from scoring.use_cases.learn_program_link import learn_program_link
from scoring.use_cases.learn_score_receipt import learn_score_receipt
from scoring.use_cases.learn_scorer_credential import (
    learn_credential_end,
    learn_scorer_credential,
)
from scoring.use_cases.learn_team import learn_team
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

HANDLERS = EventHandlers()


async def certification_begun(tx: Transaction, event: Received[CertificationBegun]) -> None:
    """A provider or program is certified."""
    data = event.data
    term = Validity(data.effective_from, data.effective_until)
    await learn_certification(tx, data.certification_id, data.kind, data.holder_id, term)


async def certification_changed(tx: Transaction, event: Received[CertificationChanged]) -> None:
    """It holds no longer, or again, or always held otherwise."""
    await learn_certification_change(tx, change_of(event.event_id, event.data))


async def program_provider_told(tx: Transaction, event: Received[ToldLink]) -> None:
    """A provider works in a program, or from some day no longer."""
    await learn_program_link(tx, event.data)


async def _forget_certification(tx: Transaction, lost: Lost[Event]) -> None:
    await forget_certification(tx, lost.subject_id)


async def _forget_change(tx: Transaction, lost: Lost[Event]) -> None:
    await forget_change(tx, lost.event_id)


async def _forget_credential(tx: Transaction, lost: Lost[Event]) -> None:
    await forget_scorer_credential(tx, lost.subject_id)


async def _forget_case(tx: Transaction, lost: Lost[Event]) -> str | None:
    return await forget_case(tx, lost.subject_id)


async def _forget_team(tx: Transaction, lost: Lost[TeamChanged]) -> None:
    await forget_team(tx, lost.data.team_id)


async def _forget_receipt(tx: Transaction, lost: Lost[ScoreReceiptRecorded]) -> None:
    await forget_score_receipt(tx, lost.data.score_receipt_id)


async def _forget_link(tx: Transaction, lost: Lost[ToldLink]) -> None:
    await forget_program_link(tx, lost.subject_id)


for beginning in BEGINNINGS:
    HANDLERS.on(beginning, forget=_forget_certification)(certification_begun)
for change in CHANGES:
    HANDLERS.on(change, forget=_forget_change)(certification_changed)
for told_link in LINK_EVENTS:
    HANDLERS.on(told_link, forget=_forget_link, is_told_again=True)(program_provider_told)


@HANDLERS.on(ScorerCredentialRecorded, forget=_forget_credential)
async def scorer_credential_recorded(
    tx: Transaction, event: Received[ScorerCredentialRecorded]
) -> None:
    """A person may score an instrument."""
    data = event.data
    term = Validity(data.effective_from, data.effective_until)
    await learn_scorer_credential(
        tx, data.scorer_credential_id, data.scorer_id, data.instrument, term
    )


@HANDLERS.on(ScorerCredentialEnded, forget=_forget_change)
async def scorer_credential_ended(tx: Transaction, event: Received[ScorerCredentialEnded]) -> None:
    """A person may score an instrument no longer."""
    await learn_credential_end(tx, change_of(event.event_id, event.data))


@HANDLERS.on(CaseOpened, forget=_forget_case)
async def case_opened(tx: Transaction, event: Received[CaseOpened]) -> None:
    """A person is supervised."""
    data = event.data
    supervision = Supervision(data.agency, data.unit, data.officer_id)
    await learn_case(tx, Case(data.case_id, data.agency_kind, supervision, treatment=None))


@HANDLERS.on(TeamChanged, forget=_forget_team)
async def team_changed(tx: Transaction, event: Received[TeamChanged]) -> None:
    """A team stands from a day on."""
    data = event.data
    supervision = Supervision(data.agency, data.unit, data.officer_id)
    treatment = Treatment(data.provider_id, data.program_id, data.examiner_id, data.effective_from)
    await learn_team(tx, Team(data.team_id, data.case_id, supervision, treatment))


@HANDLERS.on(ScoreReceiptRecorded, forget=_forget_receipt)
async def score_receipt_recorded(tx: Transaction, event: Received[ScoreReceiptRecorded]) -> None:
    """The officer holds a shared score."""
    data = event.data
    await learn_score_receipt(tx, data.share_id, Receipt(data.score_receipt_id, data.received_at))
