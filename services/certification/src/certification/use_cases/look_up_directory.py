"""The public looks up the programs certified on a day, from a county (Board standards page)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification.domain.directory import Entry, Search
from certification.storage import directory
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class LookUpDirectory:
    """What is looked for; on which day; where the page before ended."""

    search: Search
    day: date
    after: tuple[int, str, UUID] | None
    limit: int


async def look_up_directory(tx: Transaction, command: LookUpDirectory) -> list[Entry]:
    """Read one more than the limit, so that the caller knows whether there is another page."""
    return await directory.certified_on(
        tx, command.day, command.search, after=command.after, limit=command.limit
    )
