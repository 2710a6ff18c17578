"""Who was asked to review an application, and when: never overwritten."""

from uuid import UUID

from certification.storage.tables.applications import ASSIGNMENTS
from shared.database.transaction import Transaction


async def keep(
    tx: Transaction, assignment_id: UUID, application_id: UUID, reviewer_id: UUID
) -> None:
    """Keep an assignment."""
    await tx.insert(
        ASSIGNMENTS,
        id=assignment_id,
        application_id=application_id,
        reviewer_id=reviewer_id,
        assigned_at=tx.now,
        assigned_by=tx.actor.subject,
    )
