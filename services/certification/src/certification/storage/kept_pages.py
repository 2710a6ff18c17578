"""Pages kept for a moment: under load the same county is asked for many times a second.

A page is public and may be kept by anybody for a minute; kept here it is a second old at the most,
and never yesterday's. What is refused, asked for by a form, or not a whole page is never kept.
"""

import time
from collections import OrderedDict
from collections.abc import Hashable

from fastapi import Response

MOST_PAGES = 512


class KeptPages:
    """Answers by what was asked, none older than `seconds`; with 0 nothing is kept."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: OrderedDict[Hashable, tuple[float, Response]] = OrderedDict()

    def find(self, asked: Hashable) -> Response | None:
        """The answer, if it is young enough."""
        kept_at, answer = self._kept.get(asked, (0.0, None))
        return answer if time.monotonic() - kept_at < self._seconds else None

    def keep(self, asked: Hashable, answer: Response) -> None:
        """Keep an answer; the one kept longest makes room."""
        if not self._seconds:
            return
        self._kept[asked] = (time.monotonic(), answer)
        self._kept.move_to_end(asked)
        if len(self._kept) > MOST_PAGES:
            self._kept.popitem(last=False)
