"""Shows an application to the applicant or to staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification.domain.appeals import OPEN_DAYS, Appeal, appeal_open_until
from certification.domain.applications import Application
from certification.domain.certifications import Certification
from certification.domain.completeness import missing
from certification.domain.decisions import Decision
from certification.domain.deficiencies import Deficiency
from certification.domain.documents import Document
from certification.domain.duty_rules import DECIDE_APPLICATION
from certification.domain.held_before import HeldBefore
from certification.domain.standards import Standards
from certification.domain.time_split import FileStep, time_split
from certification.storage import (
    appeals,
    application_lists,
    applications,
    certifications,
    decisions,
    deficiencies,
    documents,
    held_before,
)
from certification.storage.application_lists import Queued
from certification.storage.deficiencies import Reminder
from shared.database.transaction import Transaction
from shared.law.duty import duty_queries
from shared.law.duty.duties import Duty
from shared.law.in_force import Law


@dataclass(frozen=True)
class ApplicationFile:
    """An application with everything that belongs to it.

    `duty` is the duty to decide it. `held_before` contains the account's other certifications.
    `is_own` is true if the applicant asks.
    """

    queued: Queued
    documents: list[Document]
    missing: tuple[str, ...]
    deficiencies: list[Deficiency]
    reminders: Mapping[UUID, list[Reminder]]
    duty: Duty | None
    decision: Decision | None
    certification: Certification | None
    appeal: Appeal | None
    appeal_open_until: date | None
    fee_usd: int | None
    time_split: Mapping[FileStep, float]
    held_before: list[HeldBefore]
    is_own: bool


async def show_application(
    tx: Transaction,
    law: Law,
    standards: Standards,
    application_id: UUID,
    *,
    applicant_id: UUID | None,
) -> ApplicationFile:
    """Read an application; an applicant can read only their own."""
    queued = await application_lists.by_id(tx, application_id, applicant_id=applicant_id)
    came = await documents.of_application(tx, application_id)
    decision = await decisions.of_application(tx, application_id)
    open_days = law.edition.setting(OPEN_DAYS).whole
    tx.audit("application.read", subject_kind="application", subject_id=application_id)
    return ApplicationFile(
        queued=queued,
        documents=came,
        missing=missing(
            standards.checklists[queued.application.checklist],
            {each.item for each in came if each.counts},
        ),
        deficiencies=await deficiencies.of_application(tx, application_id),
        reminders=await deficiencies.reminders(tx, application_id),
        duty=await duty_queries.of_subject(tx, DECIDE_APPLICATION, application_id),
        decision=decision,
        certification=await certifications.of_application(tx, application_id),
        appeal=await appeals.of_application(tx, application_id),
        appeal_open_until=appeal_open_until(decision, open_days) if decision else None,
        fee_usd=standards.fee(queued.application),
        time_split=time_split(await applications.moves(tx, application_id), tx.now),
        held_before=await _held_before(tx, queued.application),
        is_own=applicant_id is not None,
    )


async def _held_before(tx: Transaction, application: Application) -> list[HeldBefore]:
    """Return the account's certifications, except the one this application led to."""
    held = await held_before.of_accounts(tx, [application.applicant_id])
    return [
        each
        for each in held.get(application.applicant_id, [])
        if each.application_id != application.id
    ]
