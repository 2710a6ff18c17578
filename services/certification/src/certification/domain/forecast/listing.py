"""The order in which a forecast lists files, and a page of it from one file's turn on.

A turn is made of what the file is, not of where it stood: pages follow each other without a gap
when the forecast is made anew between them.
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
    """The place of a file in the list; what does not order a file of its stage is the same."""

    rank: int
    waiting_since: date
    completed_at: datetime
    file_id: UUID


def turn_of(file: OpenFile) -> Turn:
    """Where a file stands in the list."""
    since = file.received_on if file.stage is Stage.NOT_COMPLETE else file.paused_on
    rank = RANKS[file.stage]
    return Turn(rank, since or NO_DAY, file.completed_at or NO_INSTANT, file.id)


def listed(
    forecast: Forecast, after: Turn | None, limit: int, *, passes_target: bool | None
) -> Sequence[Prospect]:
    """Files from a turn on, if asked only those late at the median or only the others.

    One more than `limit`, for whoever asks whether there is more.
    """
    every = forecast.prospects
    start = bisect_right(every, after, key=lambda each: turn_of(each.file)) if after else 0
    wanted = (
        every[number]
        for number in range(start, len(every))
        if passes_target in {None, every[number].is_late_at(MIDDLE, forecast.runs)}
    )
    return list(islice(wanted, limit + 1))
