"""Counts that were true a moment ago: as long as a page may be kept by others, so may these.

A list that fits on one page is counted as it is read. Counting a longer one costs more than
reading its page, and the same few are asked for again and again.
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
    """The counts of searches of a day, the oldest leaving first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[datetime, Counts]] = OrderedDict()

    def find(self, search: Search, day: date, now: datetime) -> Counts | None:
        """What was counted within the last minute; None where nothing was."""
        counted_at, counts = self._kept.get((search, day), (None, None))
        is_fresh = counted_at is not None and now - counted_at < FRESH_FOR
        return counts if is_fresh else None

    def keep(self, search: Search, day: date, now: datetime, counts: Counts) -> None:
        """Remember what was counted."""
        self._kept.pop((search, day), None)
        self._kept[search, day] = (now, counts)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
