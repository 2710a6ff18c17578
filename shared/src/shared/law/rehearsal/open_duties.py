"""Reads every open duty in constant memory, with only the fields that a rehearsal needs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text

from shared.database.transaction import Transaction
from shared.law.duty.duties import DutyState
from shared.law.duty.duty_rows import facts_of, pauses_of
from shared.law.duty.duty_tables import DUTIES, IS_UNMET
from shared.law.rehearsal.outcomes import Standpoint
from shared.law.rehearsal.proposals import OpenDuty

ROWS_AT_ONCE = 5_000
_COLUMNS = [
    DUTIES.c[name]
    for name in (
        *("id", "state", "rule", "edition_hash", "facts", "pauses", "owner_agency"),
        *("due_on", "due_at", "regime", "rule_text", "owner_role"),
    )
]


@dataclass(frozen=True)
class ListedDuty:
    """One open duty: the facts it is counted from, and its current state."""

    id: UUID
    state: str
    duty: OpenDuty
    before: Standpoint


async def batch_after(
    tx: Transaction, after: UUID | None, limit: int = ROWS_AT_ONCE
) -> list[ListedDuty]:
    """Read the next open duties in the order of their ids."""
    statement = select(*_COLUMNS).where(text(IS_UNMET)).order_by(DUTIES.c.id).limit(limit)
    if after is not None:
        statement = statement.where(DUTIES.c.id > after)
    return [_listed(row) for row in await tx.execute(statement)]


async def editions_in_use(tx: Transaction) -> list[str]:
    """Read the hash of each edition that counted an open duty."""
    statement = select(DUTIES.c.edition_hash).where(text(IS_UNMET)).distinct()
    return list((await tx.execute(statement)).scalars())


def _listed(row: Row[Any]) -> ListedDuty:
    """Access columns by position: by name, a million rows take half as long again."""
    values: tuple[Any, ...] = tuple(row)
    duty_id, state, rule, edition_hash, facts, pauses, agency, *before = values
    duty = OpenDuty(rule, edition_hash, facts_of(facts), pauses_of(pauses), agency)
    before.append(state == DutyState.PAUSED)
    return ListedDuty(duty_id, state, duty, Standpoint(*before))
