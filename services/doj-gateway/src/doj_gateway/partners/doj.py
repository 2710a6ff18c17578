"""Client of DOJ's intake: forms by reference, their status, acknowledgments of notices.

The simulator's OpenAPI document states what is assumed about DOJ's interface.
"""

import asyncio
import re
from datetime import UTC, datetime

import httpx
from pydantic import BaseModel, ValidationError

from doj_gateway.domain.outcomes import NotThere, Outcome, Unknown
from doj_gateway.domain.said_notices import CLOCKS_DIFFER
from doj_gateway.partners.connections import CALL_SECONDS
from doj_gateway.partners.doj_answers import NOT_READ, outcome_of_asking, outcome_of_sending
from shared.clock import Clock, SystemClock
from shared.errors import UnavailableError
from shared.plain_dates import PlainInstant

NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""Failures after which no part of the request can have arrived."""
BEFORE_ANY_NOTICE = datetime(2012, 7, 1, tzinfo=UTC)
"""Start of the containment model. DOJ's notices cannot be older."""


class _NoticeAcknowledged(BaseModel):
    acknowledged_at: PlainInstant


class DojIntake:
    """Client of DOJ. The HTTP client has the address and the key."""

    def __init__(self, client: httpx.AsyncClient, clock: Clock | None = None) -> None:
        self._client = client
        self._clock = clock or SystemClock()

    async def submit(self, reference: str, form: bytes) -> Outcome:
        """Send a form. Sending the same bytes under the same reference again is safe."""
        try:
            async with asyncio.timeout(CALL_SECONDS):
                answer = await self._client.put(
                    f"/v1/submissions/{reference}",
                    content=form,
                    headers={"Content-Type": "application/json"},
                )
        except NEVER_LEFT as error:
            return NotThere(_named(error))
        except (httpx.HTTPError, TimeoutError) as error:
            return _lost(error)
        return outcome_of_sending(answer, reference, self._clock.now())

    async def status(self, reference: str) -> Outcome:
        """Ask for the status of a submission, which changes nothing."""
        try:
            async with asyncio.timeout(CALL_SECONDS):
                answer = await self._client.get(f"/v1/submissions/{reference}")
        except (httpx.HTTPError, TimeoutError) as error:
            return _lost(error)
        return outcome_of_asking(answer, reference, self._clock.now())

    async def acknowledge(self, doj_notice_id: str) -> datetime:
        """Acknowledge a notice and return DOJ's time of it. Raises UnavailableError to retry."""
        try:
            async with asyncio.timeout(CALL_SECONDS):
                answer = await self._client.post(f"/v1/notices/{doj_notice_id}/acknowledgments")
            answer.raise_for_status()
            at = _NoticeAcknowledged.model_validate_json(answer.content).acknowledged_at
        except (httpx.HTTPError, TimeoutError, ValidationError) as error:
            raise _not_taken(_named(error)) from None
        if not BEFORE_ANY_NOTICE < at <= self._clock.now() + CLOCKS_DIFFER:
            raise _not_taken("the time in its answer is not plausible")
        return at

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _lost(error: Exception) -> Unknown:
    """Return the outcome of a call without an answer or with an unreadable one."""
    if isinstance(error, httpx.DecodingError):
        return NOT_READ
    return Unknown(_named(error))


def _not_taken(why: str) -> UnavailableError:
    return UnavailableError(f"DOJ did not take the acknowledgment: {why}", code="doj-unavailable")


def _named(error: Exception) -> str:
    """Return the type of an error, such as `read-timeout`. Its text may contain personal data."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
