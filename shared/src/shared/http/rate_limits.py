"""How often one address may ask what anybody may ask: enough for people, too little to guess.

Counted in each process by itself. Behind a proxy the address is the proxy's, unless uvicorn is
told to believe what it forwards (FORWARDED_ALLOW_IPS).
"""

from fastapi import HTTPException, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

TOO_MANY_REQUESTS = 429


class AddressLimit:
    """A number of requests a minute from one address."""

    def __init__(self, requests_per_minute: int) -> None:
        self._item = RateLimitItemPerMinute(requests_per_minute)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def count(self, request: Request) -> None:
        """Count a request; answers 429 with Retry-After once the minute's number is spent."""
        address = request.client.host if request.client else "unknown"
        if not self._limiter.hit(self._item, address):
            raise HTTPException(
                TOO_MANY_REQUESTS,
                f"from one address {self._item.amount} requests a minute are answered",
                headers={"Retry-After": str(self._item.get_expiry())},
            )


def count_request(request: Request) -> None:
    """Count the request against what its address may ask; a dependency of routes."""
    limit: AddressLimit = request.app.state.address_limit
    limit.count(request)
