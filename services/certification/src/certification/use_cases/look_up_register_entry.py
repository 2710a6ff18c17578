"""Anybody looks up the status of the holder of a public number, today or on an earlier day."""

from datetime import date

from certification.domain.applications import Kind
from certification.domain.register import Holder, RegisterEntry, entry_on, refuse_future
from certification.storage import register
from shared.database.transaction import Transaction
from shared.errors import NotFoundError


async def look_up_register_entry(
    tx: Transaction, kind: Kind, number: str, as_of: date
) -> RegisterEntry:
    """Read one entry; NotFoundError if nobody has the number."""
    refuse_future(as_of, tx.today)
    return entry_on(await numbered_holder(tx, kind, number), as_of)


async def numbered_holder(tx: Transaction, kind: Kind, number: str) -> Holder:
    """Read the holder of a number; NotFoundError if nobody has it."""
    found = await register.holder(tx, kind, number)
    if found is None:
        raise NotFoundError(f"no {kind} has the number {number}", code="number-not-found")
    return found
