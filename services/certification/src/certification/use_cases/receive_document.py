"""An applicant sends a missing item; with the last item of a notice the Board must act again."""

from dataclasses import dataclass
from uuid import UUID

from certification.domain.application_moves import ApplicationState, Move
from certification.domain.applications import Application, moved
from certification.domain.completeness import missing, refuse_present, refuse_unknown
from certification.domain.deficiencies import Deficiency, cured
from certification.domain.documents import Content, Document
from certification.domain.duty_rules import ANSWER_DEFICIENCY, DECIDE_APPLICATION
from certification.domain.standards import Standards
from certification.storage import applications, deficiencies, documents
from certification.use_cases.file_renewal import meet_renewal
from certification.use_cases.owe_screening import owe_screening
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.duty import ledger
from shared.law.in_force import Law
from shared.versions import Seen, check_version


@dataclass(frozen=True)
class ReceiveDocument:
    """The item, the applicant's application, and the announced content."""

    application_id: UUID
    applicant_id: UUID
    item: str
    seen_version: Seen | None
    content: Content | None = None


@dataclass(frozen=True)
class DocumentReceived:
    """The application now, and what it still lacks."""

    application: Application
    missing: tuple[str, ...]


async def receive_document(
    tx: Transaction, law: Law, standards: Standards, command: ReceiveDocument
) -> DocumentReceived:
    """Receive an item, and cure the notice that names it.

    With the last item of a notice, the duty to answer is met, a paused 45-day clock runs again, and
    the check for completeness is owed again.
    """
    before = await applications.locked(
        tx, command.application_id, applicant_id=command.applicant_id
    )
    check_version(command.seen_version, before.version)
    checklist = standards.checklists[before.checklist]
    present = await documents.present(tx, before.id)
    refuse_unknown(checklist, {command.item: "item"})
    refuse_present(command.item, present)
    notices = await deficiencies.of_application(tx, before.id)
    notice = cured(notices, command.item, tx.today)
    is_last = notice is not None and notice.is_cured
    move = Move.CURE if is_last else Move.RECEIVE_DOCUMENT
    application = moved(before, move)

    await applications.update(tx, before, application, move)
    document = Document(new_id(), application.id, command.item, tx.now, command.content)
    await documents.supersede(tx, document)
    await _cure(tx, notice)
    if is_last and application.has_clock:
        await ledger.resume_duty(tx, law, DECIDE_APPLICATION, application.id, at=tx.now)
    if notice is not None and notice.is_cured:
        await owe_screening(tx, law, application, evidence=f"deficiency {notice.id}")
    tx.audit("document.received", subject_kind="application", subject_id=application.id)
    lacking = missing(checklist, {*present, command.item})
    if not lacking and application.state is not ApplicationState.DRAFT:
        await meet_renewal(tx, law, application, tx.now)
    return DocumentReceived(application, lacking)


async def _cure(tx: Transaction, notice: Deficiency | None) -> None:
    if notice is None:
        return
    await deficiencies.update_cures(tx, notice)
    if notice.is_cured:
        await ledger.meet_duty(
            tx, ANSWER_DEFICIENCY, notice.id, at=tx.now, evidence=f"deficiency {notice.id}"
        )
