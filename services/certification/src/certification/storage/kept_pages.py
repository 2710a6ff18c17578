"""Pages cached for a moment, because under load the same county is asked for many times a second.

Pages are public and may be cached elsewhere for a minute; here they are at most a second old and
never yesterday's. Errors, answers to forms and partial answers are never cached.
"""

import time
from collections import OrderedDict
from collections.abc import Hashable

from fastapi import Response

MOST_PAGES = 512


class KeptPages:
    """Cached answers by request, at most `seconds` old; with 0 every page is made anew."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: OrderedDict[Hashable, tuple[float, Response]] = OrderedDict()

    def find(self, asked: Hashable) -> Response | None:
        """Return the answer if it is recent enough."""
        kept_at, answer = self._kept.get(asked, (0.0, None))
        return answer if time.monotonic() - kept_at < self._seconds else None

    def keep(self, asked: Hashable, answer: Response) -> None:
        """Cache an answer; the oldest one is dropped if there is no room."""
        self._kept[asked] = (time.monotonic(), answer)
        self._kept.move_to_end(asked)
        if len(self._kept) > MOST_PAGES:
            self._kept.popitem(last=False)
