"""Queries for cases, as announced by supervision: the current agency, unit and officer."""

from dataclasses import fields
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from doj_gateway.domain.scores import SupervisedCase
from doj_gateway.storage.tables import CASES
from shared.database.transaction import Transaction
from shared.visibility.known_cases import KnownCases

KNOWN_CASES = KnownCases(CASES)
NAMES = tuple(field.name for field in fields(SupervisedCase))


async def upsert(tx: Transaction, case: SupervisedCase) -> None:
    """Store the current state of a case. Its events arrive in order."""
    values = {name: getattr(case, name) for name in NAMES}
    statement = insert(CASES).values(**values)
    changed = {name: statement.excluded[name] for name in NAMES if name != "id"}
    await tx.execute(statement.on_conflict_do_update(index_elements=[CASES.c.id], set_=changed))


async def by_id(tx: Transaction, case_id: UUID) -> SupervisedCase | None:
    """Read a case; None if it is not known here yet."""
    statement = select(*(CASES.c[name] for name in NAMES)).where(CASES.c.id == case_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else SupervisedCase(**row)


async def forget(tx: Transaction, case_id: UUID) -> None:
    """Delete a case. Supervision publishes its current state again."""
    await tx.execute(delete(CASES).where(CASES.c.id == case_id))
