"""The order in which a forecast lists files, and its pages.

The cursor is made of properties of the file, not of its place, so that pages continue without a gap
if the forecast is made again between them.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from certification.domain.forecast.curves import MIDDLE
from certification.domain.forecast.forecasting import Forecast
from certification.domain.forecast.open_files import OpenFile, Stage
from certification.domain.forecast.prospects import Prospect

NO_DAY = date(2000, 1, 1)
NO_INSTANT = datetime(2000, 1, 1, tzinfo=UTC)
RANKS = {
    Stage.IN_REVIEW: 0,
    Stage.IN_LINE: 1,
    Stage.CURED: 1,
    Stage.PAUSED: 2,
    Stage.NOT_COMPLETE: 3,
}


class Turn(NamedTuple):
    """The sort key of a file; parts that do not matter for its stage are constant."""

    rank: int
    waiting_since: date
    completed_at: datetime
    file_id: UUID


def turn_of(file: OpenFile) -> Turn:
    """Return the sort key of a file."""
    since = file.received_on if file.stage is Stage.NOT_COMPLETE else file.paused_on
    rank = RANKS[file.stage]
    return Turn(rank, since or NO_DAY, file.completed_at or NO_INSTANT, file.id)


def listed(
    forecast: Forecast, after: Turn | None, limit: int, *, passes_target: bool | None
) -> Sequence[Prospect]:
    """Return files after a key; if asked, only those late at the median, or only the others.

    It returns one more than `limit`, so that the caller knows whether another page follows.
    """
    every = forecast.prospects
    start = bisect_right(every, after, key=lambda each: turn_of(each.file)) if after else 0
    wanted = (
        every[number]
        for number in range(start, len(every))
        if passes_target in {None, every[number].is_late_at(MIDDLE, forecast.runs)}
    )
    return list(islice(wanted, limit + 1))
