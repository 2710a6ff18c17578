"""How often one address may ask what anybody may ask: enough for people, too little to guess.

Counted in each process by itself. Behind a proxy the address is the proxy's, unless uvicorn is
told to believe what it forwards (FORWARDED_ALLOW_IPS).
"""

import time
from collections import Counter

from fastapi import HTTPException, Request

MINUTE = 60
TOO_MANY_REQUESTS = 429


class AddressLimit:
    """A number of requests a minute from one address; all begin anew together, a minute later."""

    def __init__(self, requests_per_minute: int) -> None:
        self._most = requests_per_minute
        self._begun = time.monotonic()
        self._asked: Counter[str] = Counter()

    def count(self, request: Request) -> None:
        """Count a request; answers 429 with Retry-After once the minute's number is spent."""
        now = time.monotonic()
        if now - self._begun >= MINUTE:
            self._begun, self._asked = now, Counter()
        address = request.client.host if request.client else "unknown"
        if self._asked[address] >= self._most:
            raise HTTPException(
                TOO_MANY_REQUESTS,
                f"from one address {self._most} requests a minute are answered",
                headers={"Retry-After": str(MINUTE)},
            )
        self._asked[address] += 1


async def count_request(request: Request) -> None:
    """Count the request against what its address may ask; a dependency of routes."""
    limit: AddressLimit = request.app.state.address_limit
    limit.count(request)
