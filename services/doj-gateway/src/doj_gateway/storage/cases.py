"""Cases as supervision announced them: which agency and unit supervise them now."""

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
    """Keep a case as it stands now; its events come in their order."""
    values = {name: getattr(case, name) for name in NAMES}
    statement = insert(CASES).values(**values)
    changed = {name: statement.excluded[name] for name in NAMES if name != "id"}
    await tx.execute(statement.on_conflict_do_update(index_elements=[CASES.c.id], set_=changed))


async def by_id(tx: Transaction, case_id: UUID) -> SupervisedCase | None:
    """Read a case; None where its opening has not arrived here."""
    statement = select(*(CASES.c[name] for name in NAMES)).where(CASES.c.id == case_id)
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else SupervisedCase(**row)


async def forget(tx: Transaction, case_id: UUID) -> None:
    """Forget how a case stands: what supervision does say of it is told again."""
    await tx.execute(delete(CASES).where(CASES.c.id == case_id))
