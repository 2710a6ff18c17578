"""Shows one program of the directory: its certification, sites and providers."""

from dataclasses import dataclass
from datetime import date

from certification.domain.directory import ListedProgram
from certification.storage import directory, program_days
from certification.storage.program_days import ProgramDay
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class ShownEntry:
    """An entry with the program's sites and providers on that day."""

    entry: ListedProgram
    on_day: ProgramDay


async def show_directory_entry(tx: Transaction, number: str, day: date) -> ShownEntry:
    """Read one entry; NotFoundError if the program is not certified that day."""
    entry = await directory.entry_on(tx, day, number)
    return ShownEntry(entry, await program_days.on_day(tx, day, entry.program.id))
