"""Shows an applicant the status of an application without signing in, by a secret token.

It contains nothing personal: states, codes, dates and a position in the queue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from certification.domain.appeals import OPEN_DAYS, Appeal, appeal_open_until
from certification.domain.application_moves import UNDECIDED, ApplicationState
from certification.domain.applications import Application
from certification.domain.completeness import missing
from certification.domain.decisions import Decision, Outcome
from certification.domain.deficiencies import DEFAULT_REASON, Deficiency
from certification.domain.duty_rules import DECIDE_APPLICATION
from certification.domain.standards import Standards
from certification.domain.status_tokens import StatusToken, new_status_token, token_hash
from certification.storage import (
    appeals,
    application_lists,
    application_statuses,
    applications,
    decisions,
    deficiencies,
    documents,
)
from certification.storage.kept_forecasts import KeptForecasts
from certification.use_cases.forecast_queue import ProspectAsOf, range_for
from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.law.duty import duty_queries
from shared.law.duty.duties import RUNNING
from shared.law.in_force import Law


@dataclass(frozen=True)
class FileStatus:
    """The status of an application.

    `due_on` is the Board's due date; None while its clock is not running. Nothing is missing and no
    answer is due for a closed application. `reasons` contains, by item code, why a missing item was
    requested or returned. A denial that was appealed cannot be appealed again.
    """

    application: Application
    missing: tuple[str, ...]
    answer_due_on: date | None
    queue_position: int | None
    due_on: date | None
    outcome: Outcome | None
    forecast: ProspectAsOf | None
    as_of: datetime
    reasons: Mapping[str, str] = field(default_factory=dict)
    appeal_open_until: date | None = None
    appeal: Appeal | None = None


async def show_status(
    tx: Transaction, law: Law, standards: Standards, kept: KeptForecasts, token: str
) -> FileStatus:
    """Read the status; NotFoundError for a token that belongs to no application."""
    application = await application_statuses.by_token(tx, token_hash(token))
    if application is None:
        raise NotFoundError("no application has this status token", code="status-not-found")
    duty = await duty_queries.of_subject(tx, DECIDE_APPLICATION, application.id)
    decision = await decisions.of_application(tx, application.id)
    is_open = application.state in UNDECIDED
    notices = await deficiencies.of_application(tx, application.id) if is_open else []
    returned = await documents.returned(tx, application.id) if is_open else {}
    appeal = await _appeal_of(tx, decision)
    open_days = law.edition.setting(OPEN_DAYS).whole
    return FileStatus(
        application=application,
        missing=await _missing(tx, standards, application),
        answer_due_on=_answer_due_on(notices),
        queue_position=await application_lists.place_in_line(tx, application),
        due_on=duty.due_on if duty and duty.state in RUNNING else None,
        outcome=decision.outcome if decision else None,
        forecast=await range_for(tx, law, kept, application.id) if is_open else None,
        as_of=tx.now,
        reasons={**returned, **_reasons(notices)},
        appeal_open_until=(
            appeal_open_until(decision, open_days) if decision and not appeal else None
        ),
        appeal=appeal,
    )


async def renew_status_token(
    tx: Transaction, application_id: UUID, *, applicant_id: UUID
) -> StatusToken:
    """Give an applicant a new token; the previous token stops working."""
    application = await applications.locked(tx, application_id, applicant_id=applicant_id)
    token = new_status_token()
    await applications.update_status_token(tx, application.id, token.hash)
    tx.audit("status-token.renewed", subject_kind="application", subject_id=application.id)
    return token


async def _appeal_of(tx: Transaction, decision: Decision | None) -> Appeal | None:
    """Return the appeal against this decision, not one against an earlier decision."""
    if decision is None:
        return None
    latest = await appeals.of_application(tx, decision.application_id)
    return latest if latest and latest.decision_id == decision.id else None


async def _missing(
    tx: Transaction, standards: Standards, application: Application
) -> tuple[str, ...]:
    if application.state not in {ApplicationState.DRAFT, *UNDECIDED}:
        return ()
    present = await documents.present(tx, application.id)
    return missing(standards.checklists[application.checklist], present)


def _answer_due_on(notices: Sequence[Deficiency]) -> date | None:
    return max((each.answer_due_on for each in notices if not each.is_cured), default=None)


def _reasons(notices: Sequence[Deficiency]) -> Mapping[str, str]:
    """Return why each missing item was requested; items that simply did not come are left out."""
    asked = (each for notice in notices for each in notice.items if each.cured_on is None)
    return {each.item: each.reason for each in asked if each.reason != DEFAULT_REASON}
