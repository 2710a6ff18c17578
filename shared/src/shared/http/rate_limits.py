"""How often and how many at once one asker may ask: enough for work, too little to do harm.

Counted in each process by itself. Behind a proxy an address is the proxy's, unless the setting
`http_trusted_proxies` names it.
"""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fastapi import HTTPException, Request

MINUTE = 60
TOO_MANY_REQUESTS = 429


class MinuteLimit:
    """A number of requests a minute from one asker; all begin anew together, a minute later."""

    def __init__(
        self, requests_per_minute: int, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = requests_per_minute
        self._monotonic = monotonic
        self._begun = monotonic()
        self._asked: Counter[str] = Counter()

    def count(self, asker: str, of_whom: str) -> None:
        """Count a request; answers 429 with Retry-After once the minute's number is spent."""
        passed = self._monotonic() - self._begun
        if passed >= MINUTE:
            self._begun, self._asked, passed = self._monotonic(), Counter(), 0
        if self._asked[asker] >= self._most:
            raise _too_many(
                f"{self._most} requests a minute from {of_whom} are answered",
                retry_after=math.ceil(MINUTE - passed),
            )
        self._asked[asker] += 1


class OnceLimit:
    """A number of requests of one asker that are under way at the same time."""

    def __init__(self, at_once: int) -> None:
        self._most = at_once
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def held(self, asker: str, of_whom: str) -> Iterator[None]:
        """Count a request while the block runs; answers 429 where too many are under way."""
        if self._under_way[asker] >= self._most:
            raise _too_many(
                f"{self._most} requests of {of_whom} may wait at the same time", retry_after=1
            )
        self._under_way[asker] += 1
        try:
            yield
        finally:
            self._under_way[asker] -= 1
            if not self._under_way[asker]:
                del self._under_way[asker]


class AddressLimit:
    """A number of requests a minute from one address."""

    def __init__(self, requests_per_minute: int) -> None:
        self._limit = MinuteLimit(requests_per_minute)

    def count(self, request: Request) -> None:
        """Count a request; answers 429 with Retry-After once the minute's number is spent."""
        self._limit.count(request.client.host if request.client else "unknown", "one address")


async def count_request(request: Request) -> None:
    """Count the request against what its address may ask; a dependency of routes."""
    limit: AddressLimit = request.app.state.address_limit
    limit.count(request)


def _too_many(detail: str, *, retry_after: int) -> HTTPException:
    return HTTPException(TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(retry_after)})
