"""Rate limits: how often, and how many times at once, one caller may ask.

Each process counts by itself. Behind a proxy every address is the proxy's, unless the setting
`http_trusted_proxies` lists it.
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
    """A maximum number of requests per minute from one caller; a fixed window for all callers."""

    def __init__(
        self, requests_per_minute: int, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = requests_per_minute
        self._monotonic = monotonic
        self._begun = monotonic()
        self._asked: Counter[str] = Counter()

    def count(self, asker: str, of_whom: str) -> None:
        """Count a request; raises the error for 429 with Retry-After if the limit is reached."""
        passed = self._monotonic() - self._begun
        if passed >= MINUTE:
            self._begun, self._asked, passed = self._monotonic(), Counter(), 0
        if self._asked[asker] >= self._most:
            raise _too_many(
                f"at most {self._most} requests per minute are allowed from {of_whom}",
                retry_after=math.ceil(MINUTE - passed),
            )
        self._asked[asker] += 1


class OnceLimit:
    """A maximum number of requests from one caller that run at the same time."""

    def __init__(self, at_once: int) -> None:
        self._most = at_once
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def held(self, asker: str, of_whom: str) -> Iterator[None]:
        """Count a request while the block runs; raises the error for 429 at the limit."""
        if self._under_way[asker] >= self._most:
            raise _too_many(
                f"at most {self._most} requests from {of_whom} may wait at the same time",
                retry_after=1,
            )
        self._under_way[asker] += 1
        try:
            yield
        finally:
            self._under_way[asker] -= 1
            if not self._under_way[asker]:
                del self._under_way[asker]


class AddressLimit:
    """A maximum number of requests per minute from one address."""

    def __init__(self, requests_per_minute: int) -> None:
        self._limit = MinuteLimit(requests_per_minute)

    def count(self, request: Request) -> None:
        """Count a request; raises the error for 429 with Retry-After if the limit is reached."""
        self._limit.count(request.client.host if request.client else "unknown", "one address")


async def count_request(request: Request) -> None:
    """Count the request against its address's limit; a dependency of routes."""
    limit: AddressLimit = request.app.state.address_limit
    limit.count(request)


def _too_many(detail: str, *, retry_after: int) -> HTTPException:
    return HTTPException(TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(retry_after)})
