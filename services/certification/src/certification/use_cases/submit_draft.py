"""An applicant submits a draft; it is received on this day."""

from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import Purpose, submitted
from certification.domain.completeness import missing
from certification.domain.standards import Standards
from certification.storage import applications, documents
from certification.use_cases.follow_certification import locked_followed, refuse_unless_followable
from certification.use_cases.receive_application import receive_application
from certification.use_cases.receive_document import DocumentReceived
from certification.use_cases.refuse_repeated import refuse_repeated_application
from shared.database.transaction import Transaction
from shared.law.in_force import Law
from shared.versions import Seen, check_version


async def submit_draft(
    tx: Transaction,
    law: Law,
    standards: Standards,
    application_id: UUID,
    *,
    applicant_id: UUID,
    seen_version: Seen | None,
) -> DocumentReceived:
    """Submit a draft under the checklist in force today; what it follows is checked again."""
    before = await applications.locked(tx, application_id, applicant_id=applicant_id)
    check_version(seen_version, before.version)
    if before.purpose is not Purpose.RENEWAL:
        standards.refuse_level(before.level, tx.today)
    checklist = standards.checklist(before.kind, before.level, tx.today)
    application = submitted(before, checklist.name, tx.today)
    await refuse_repeated_application(tx, application, applicant_id)
    if followed := await locked_followed(tx, before):
        await refuse_unless_followable(tx, followed, before.purpose, before.level)

    await applications.update(tx, before, application, Move.SUBMIT)
    lacking = missing(checklist, await documents.present(tx, application.id))
    await receive_application(tx, law, application, lacking)
    return DocumentReceived(application, lacking)
