"""Somebody turns the pages of the directory of a day, and sees how many programs there are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from certification.domain.directory import ListedProgram, Listing, Search
from certification.domain.kept_counts import KeptCounts
from certification.storage import directory
from certification.storage.directory_statements import COUNTED_UP_TO
from shared.database.transaction import Transaction

PAGE = 50
MOST_COUNTED = COUNTED_UP_TO


@dataclass(frozen=True)
class BrowseDirectory:
    """What is looked for, on which day; pages are counted from 1."""

    search: Search
    day: date
    page: int


@dataclass(frozen=True)
class Found:
    """One page; each section's count stops at one more than MOST_COUNTED."""

    entries: list[ListedProgram]
    counts: Mapping[Listing, int]
    has_more: bool


async def browse_directory(tx: Transaction, kept: KeptCounts, command: BrowseDirectory) -> Found:
    """Read one page; what fits on the first is counted as it is, without asking again."""
    offset = (command.page - 1) * PAGE
    search, day = command.search, command.day
    read = await directory.certified_on(tx, day, search, offset=offset, limit=PAGE)
    entries, has_more = read[:PAGE], len(read) > PAGE
    if offset == 0 and not has_more:
        return Found(entries, Counter(each.listed_as for each in entries), has_more)
    counts = kept.find(search, day, tx.now)
    if counts is None:
        counts = await directory.count_certified_on(tx, day, search)
        kept.keep(search, day, tx.now, counts)
    return Found(entries, counts, has_more)
