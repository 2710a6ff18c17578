"""Queries for placements and for the Static-99R assessments announced by scoring."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql

from shared.database.transaction import Transaction
from supervision.domain.placements import KnownStatic99R, Placement, Static99R
from supervision.storage.tables import PLACEMENTS, STATIC_99R_ASSESSMENTS


async def insert(tx: Transaction, placement: Placement) -> None:
    """Insert a placement."""
    await tx.insert(PLACEMENTS, **placement.__dict__)


async def of_case(tx: Transaction, case_id: UUID) -> Placement | None:
    """Read the placement of a case; None until it is recorded."""
    statement = select(PLACEMENTS).where(PLACEMENTS.c.case_id == case_id)
    row = (await tx.execute(statement)).mappings().first()
    if row is None:
        return None
    return Placement(**{**row, "static_99r": Static99R(row["static_99r"])})


async def first_static_99r(tx: Transaction, case_id: UUID) -> KnownStatic99R | None:
    """Read the earliest Static-99R of a case; None if there is none."""
    table = STATIC_99R_ASSESSMENTS
    statement = select(table.c.id, table.c.assessed_on).where(table.c.case_id == case_id)
    earliest = statement.order_by(table.c.assessed_on, table.c.finalized_at, table.c.id).limit(1)
    row = (await tx.execute(earliest)).first()
    return None if row is None else KnownStatic99R(row.id, row.assessed_on)


async def insert_static_99r_if_new(
    tx: Transaction,
    assessment_id: UUID,
    *,
    case_id: UUID,
    assessed_on: date,
    finalized_at: datetime,
) -> None:
    """Store a finalized Static-99R. A later version of a stored one changes nothing."""
    statement = postgresql.insert(STATIC_99R_ASSESSMENTS).values(
        id=assessment_id, case_id=case_id, assessed_on=assessed_on, finalized_at=finalized_at
    )
    await tx.execute(statement.on_conflict_do_nothing())


async def forget_static_99r(tx: Transaction, assessment_id: UUID) -> None:
    """Delete a Static-99R whose event was lost."""
    table = STATIC_99R_ASSESSMENTS
    await tx.execute(delete(table).where(table.c.id == assessment_id))
