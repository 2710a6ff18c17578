"""Reviewer assignments and declared conflicts of interest; nothing is overwritten."""

from uuid import UUID

from sqlalchemy import select, update

from certification.domain.reviewing import ConflictOfInterest
from certification.storage.tables.applications import ASSIGNMENTS, CONFLICTS_OF_INTEREST
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

CONFLICT_COLUMNS = (
    *("id", "reviewer_id", "holder_id", "reason", "declared_at", "declared_by", "ended_at"),
)


async def supersede(
    tx: Transaction, assignment_id: UUID, application_id: UUID, reviewer_id: UUID
) -> None:
    """Store an assignment, and end the one before."""
    await end(tx, application_id)
    await tx.insert(
        ASSIGNMENTS,
        id=assignment_id,
        application_id=application_id,
        reviewer_id=reviewer_id,
        assigned_at=tx.now,
        assigned_by=tx.actor.subject,
    )


async def end(tx: Transaction, application_id: UUID) -> None:
    """End the current assignment if there is one."""
    await tx.execute(
        update(ASSIGNMENTS)
        .where(ASSIGNMENTS.c.application_id == application_id, ASSIGNMENTS.c.ended_at.is_(None))
        .values(ended_at=tx.now)
    )


async def insert_conflict(tx: Transaction, conflict: ConflictOfInterest) -> None:
    """Store a declared conflict of interest."""
    values = {name: getattr(conflict, name) for name in CONFLICT_COLUMNS}
    await tx.insert(CONFLICTS_OF_INTEREST, **values)


async def standing_conflict(tx: Transaction, reviewer_id: UUID, holder_id: UUID) -> UUID | None:
    """Return a reviewer's open conflict with a holder; None if there is none."""
    columns = CONFLICTS_OF_INTEREST.c
    statement = select(columns.id).where(
        columns.reviewer_id == reviewer_id,
        columns.holder_id == holder_id,
        columns.ended_at.is_(None),
    )
    return (await tx.execute(statement.limit(1))).scalar_one_or_none()


async def end_conflict(tx: Transaction, conflict_id: UUID) -> ConflictOfInterest:
    """End a conflict; NotFoundError if none with this ID is open."""
    row = await tx.lock(CONFLICTS_OF_INTEREST, conflict_id)
    if row is None or row["ended_at"] is not None:
        raise NotFoundError(
            f"there is no open conflict of interest {conflict_id}", code="conflict-not-found"
        )
    await tx.execute(
        update(CONFLICTS_OF_INTEREST)
        .where(CONFLICTS_OF_INTEREST.c.id == conflict_id)
        .values(ended_at=tx.now)
    )
    return ConflictOfInterest(**{**{n: row[n] for n in CONFLICT_COLUMNS}, "ended_at": tx.now})


async def conflicts(
    tx: Transaction, *, reviewer_id: UUID | None, after: UUID | None, limit: int
) -> list[ConflictOfInterest]:
    """Read the open conflicts, one reviewer's if given; one more than `limit`."""
    statement = select(CONFLICTS_OF_INTEREST).where(CONFLICTS_OF_INTEREST.c.ended_at.is_(None))
    if reviewer_id is not None:
        statement = statement.where(CONFLICTS_OF_INTEREST.c.reviewer_id == reviewer_id)
    if after is not None:
        statement = statement.where(CONFLICTS_OF_INTEREST.c.id > after)
    ordered = statement.order_by(CONFLICTS_OF_INTEREST.c.id).limit(limit + 1)
    rows = (await tx.execute(ordered)).mappings()
    return [ConflictOfInterest(**{n: row[n] for n in CONFLICT_COLUMNS}) for row in rows]
