"""Somebody reads a page of the directory for a day, with the number of programs found."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from certification.domain.directory import ListedProgram, Listing, Search
from certification.domain.kept_counts import KeptCounts
from certification.storage import directory
from shared.database.transaction import Transaction

PAGE = 50


@dataclass(frozen=True)
class BrowseDirectory:
    """The search, the day, and the page, counted from 1."""

    search: Search
    day: date
    page: int


@dataclass(frozen=True)
class Found:
    """One page; each section's count stops at MOST_COUNTED plus 1."""

    entries: list[ListedProgram]
    counts: Mapping[Listing, int]
    has_more: bool


async def browse_directory(tx: Transaction, kept: KeptCounts, command: BrowseDirectory) -> Found:
    """Read one page; results that fit on the first page are counted without a second query."""
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
