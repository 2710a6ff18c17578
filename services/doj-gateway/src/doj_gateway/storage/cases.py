"""Cases as supervision announced them: which agency and unit supervise them now."""

from dataclasses import fields

from sqlalchemy.dialects.postgresql import insert

from doj_gateway.domain.scores import SupervisedCase
from doj_gateway.storage.tables import CASES
from shared.database.transaction import Transaction

NAMES = tuple(field.name for field in fields(SupervisedCase))


async def keep(tx: Transaction, case: SupervisedCase) -> None:
    """Keep a case as it stands now; its events come in their order."""
    values = {name: getattr(case, name) for name in NAMES}
    statement = insert(CASES).values(**values)
    changed = {name: statement.excluded[name] for name in NAMES if name != "id"}
    await tx.execute(statement.on_conflict_do_update(index_elements=[CASES.c.id], set_=changed))
