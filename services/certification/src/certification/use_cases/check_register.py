"""Anybody checks many public numbers at once, for example an agency's list of providers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certification.domain.applications import Kind
from certification.domain.register import RegisterEntry, entry_on, refuse_future
from certification.storage import register
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class CheckRegister:
    """The numbers, the kind (None means both), and the day."""

    numbers: Sequence[str]
    kind: Kind | None
    as_of: date


@dataclass(frozen=True)
class Checked:
    """A number and its register entry; None if nobody has the number."""

    number: str
    entry: RegisterEntry | None


async def check_register(tx: Transaction, command: CheckRegister) -> list[Checked]:
    """Read the entries together, and answer in the order of the numbers."""
    refuse_future(command.as_of, tx.today)
    found = await register.holders(tx, command.numbers, command.kind)
    entries = {number: entry_on(holder, command.as_of) for number, holder in found.items()}
    return [Checked(number, entries.get(number)) for number in command.numbers]
