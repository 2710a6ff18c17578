"""Anybody checks many numbers at once, such as an agency its whole list of providers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certification.domain.applications import Kind
from certification.domain.register import RegisterEntry, entry_on, refuse_future
from certification.storage import register
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class CheckRegister:
    """Which numbers, of which kind where it matters, on which day."""

    numbers: Sequence[str]
    kind: Kind | None
    as_of: date


@dataclass(frozen=True)
class Checked:
    """A number that was asked for, and its entry; None where nobody holds it."""

    number: str
    entry: RegisterEntry | None


async def check_register(tx: Transaction, command: CheckRegister) -> list[Checked]:
    """Read them together and answer in the order in which they were asked for."""
    refuse_future(command.as_of, tx.today)
    found = await register.holders(tx, command.numbers, command.kind)
    entries = {number: entry_on(holder, command.as_of) for number, holder in found.items()}
    return [Checked(number, entries.get(number)) for number in command.numbers]
