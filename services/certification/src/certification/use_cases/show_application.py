"""Anybody concerned sees where an application stands: applicants get a status, always."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification.domain.certifications import Certification
from certification.domain.completeness import missing
from certification.domain.decisions import Decision
from certification.domain.deficiencies import Deficiency
from certification.domain.standards import Standards
from certification.storage import applications, certifications, decisions, deficiencies
from certification.storage.applications import Queued
from shared.database.transaction import Transaction
from shared.law.duty import duty_queries
from shared.law.duty.duties import Duty


@dataclass(frozen=True)
class ApplicationFile:
    """An application with everything that belongs to it; `duty` is the one to decide it."""

    queued: Queued
    documents: Mapping[str, date]
    missing: tuple[str, ...]
    deficiencies: list[Deficiency]
    duty: Duty | None
    decision: Decision | None
    certification: Certification | None


async def show_application(
    tx: Transaction, standards: Standards, application_id: UUID, *, applicant_id: UUID | None
) -> ApplicationFile:
    """Read the file; an applicant sees only its own."""
    queued = await applications.by_id(tx, application_id, applicant_id=applicant_id)
    documents = await applications.documents(tx, application_id)
    tx.audit("application.read", subject_kind="application", subject_id=application_id)
    return ApplicationFile(
        queued=queued,
        documents=documents,
        missing=missing(standards.checklists[queued.application.checklist], documents),
        deficiencies=await deficiencies.of_application(tx, application_id),
        duty=await duty_queries.of_subject(tx, "decide-application", application_id),
        decision=await decisions.of_application(tx, application_id),
        certification=await certifications.of_application(tx, application_id),
    )
