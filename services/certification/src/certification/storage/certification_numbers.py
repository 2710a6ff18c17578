"""Public numbers, assigned or taken from a list, so that no two holders have the same one.

Numbers have no unique index, because renewals keep them. A transaction that takes numbers from a
list holds the kind's lock exclusively; one that assigns a number shares it.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select, text

from certification.domain.applications import Kind
from certification.storage.tables.certifications import PROGRAM_NUMBERS, PROVIDER_NUMBERS
from shared.database.transaction import Transaction

NUMBERS = {Kind.PROGRAM: PROGRAM_NUMBERS, Kind.PROVIDER: PROVIDER_NUMBERS}
LOCKS = {kind: 7_290_000 + place for place, kind in enumerate(Kind)}
"""IDs of advisory locks, which nothing else here uses."""

_LOCK_SHARED = text("SELECT pg_advisory_xact_lock_shared(:lock)")
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_TAKEN = text(
    """
    SELECT DISTINCT number FROM certification_standings
    WHERE number = ANY(CAST(:numbers AS text[])) AND status <> 'voided'
    """
)
_DRAW = text(
    "SELECT nextval(CAST(CAST(:sequence AS text) AS regclass)) FROM generate_series(1, :count)"
)
_MOVE = text("SELECT setval(CAST(CAST(:sequence AS text) AS regclass), :counted)")


async def draw_one(tx: Transaction, kind: Kind) -> int:
    """Assign the next number; a failed transaction leaves a gap, never a duplicate."""
    await tx.execute(_LOCK_SHARED, {"lock": LOCKS[kind]})
    drawn: int = (await tx.execute(select(NUMBERS[kind].next_value()))).scalar_one()
    return drawn


async def lock(tx: Transaction, kind: Kind) -> None:
    """Prevent others from assigning or taking numbers of a kind until the transaction ends."""
    await tx.execute(_LOCK, {"lock": LOCKS[kind]})


async def move_past(tx: Transaction, kind: Kind, counted: int) -> None:
    """Make sure that no number up to this one is assigned; the caller holds the lock."""
    name = NUMBERS[kind].name
    last = await tx.execute(text(f"SELECT last_value FROM {name}"))  # noqa: S608 - a name of our own
    if counted and counted >= last.scalar_one():
        await tx.execute(_MOVE, {"sequence": name, "counted": counted})


async def draw(tx: Transaction, kind: Kind, count: int) -> list[int]:
    """Assign several numbers; the caller holds the lock."""
    if not count:
        return []
    asked = {"sequence": NUMBERS[kind].name, "count": count}
    return list((await tx.execute(_DRAW, asked)).scalars())


async def taken(tx: Transaction, numbers: Sequence[str]) -> Collection[str]:
    """Return which numbers belong to a holder; those of voided certifications do not."""
    found = await tx.execute(_TAKEN, {"numbers": list(numbers)})
    return frozenset(found.scalars())
