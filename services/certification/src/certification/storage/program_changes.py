"""The history of programs: each change with the values before and after; never overwritten."""

from uuid import UUID

from sqlalchemy import RowMapping, select

from certification.domain.program_changes import KeptChange, ProgramChange
from certification.storage.tables.programs import PROGRAM_CHANGES
from shared.database.transaction import Transaction

COLUMNS = ("program_id", "number", "before", "after", "at", "by")


async def insert(tx: Transaction, change: KeptChange) -> None:
    """Store a change of a locked program."""
    row = {name: getattr(change, name) for name in COLUMNS}
    await tx.insert(PROGRAM_CHANGES, change=change.change, **row)


async def of_program(
    tx: Transaction, program_id: UUID, *, after: int, limit: int
) -> list[KeptChange]:
    """Read the changes of a program after a version; one more than `limit`."""
    columns = PROGRAM_CHANGES.c
    statement = (
        select(PROGRAM_CHANGES)
        .where(columns.program_id == program_id, columns.number > after)
        .order_by(columns.number)
        .limit(limit + 1)
    )
    return [_change_of(row) for row in (await tx.execute(statement)).mappings()]


def _change_of(row: RowMapping) -> KeptChange:
    told = {name: row[name] for name in COLUMNS}
    return KeptChange(change=ProgramChange(row["change"]), **told)
