"""Anybody looks up how the holder of a public number stands, today or on a day gone by."""

from datetime import date

from certification.domain.applications import Kind
from certification.domain.register import Holder, RegisterEntry, entry_on, refuse_future
from certification.storage import register
from shared.database.transaction import Transaction
from shared.errors import NotFoundError


async def look_up_register_entry(
    tx: Transaction, kind: Kind, number: str, as_of: date
) -> RegisterEntry:
    """Read one entry; NotFoundError for a number that nobody holds."""
    refuse_future(as_of, tx.today)
    return entry_on(await numbered_holder(tx, kind, number), as_of)


async def numbered_holder(tx: Transaction, kind: Kind, number: str) -> Holder:
    """Read whom a number belongs to; NotFoundError for one that nobody holds."""
    found = await register.holder(tx, kind, number)
    if found is None:
        raise NotFoundError(f"no {kind} has the number {number}", code="number-not-found")
    return found
