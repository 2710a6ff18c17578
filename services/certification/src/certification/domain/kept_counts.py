"""Counts of search results, kept for as long as a page may be cached.

A list that fits on one page is counted as it is read. Counting a longer one costs more than reading
its page, and the same few searches are repeated often.
"""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from certification.domain.directory import Listing, Search

FRESH_FOR = timedelta(seconds=60)
MOST_KEPT = 1_000

Counts = Mapping[Listing, int]
Key = tuple[Search, date]


class KeptCounts:
    """Cached counts of the searches of a day; the oldest is dropped first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[datetime, Counts]] = OrderedDict()

    def find(self, search: Search, day: date, now: datetime) -> Counts | None:
        """Return a count made within the last minute; None if there is none."""
        counted_at, counts = self._kept.get((search, day), (None, None))
        is_fresh = counted_at is not None and now - counted_at < FRESH_FOR
        return counts if is_fresh else None

    def keep(self, search: Search, day: date, now: datetime, counts: Counts) -> None:
        """Store a count."""
        self._kept.pop((search, day), None)
        self._kept[search, day] = (now, counts)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
