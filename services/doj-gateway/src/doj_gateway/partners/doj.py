"""DOJ's intake: forms by reference, their status, and acknowledgments of DOJ's notices.

What is assumed of it is written in the simulator's OpenAPI document. Answers are read into typed
outcomes; of what DOJ says in free text nothing is kept, since it may name a person.
"""

import asyncio
import re
from datetime import datetime
from http import HTTPStatus

import httpx
from pydantic import BaseModel, ValidationError

from doj_gateway.domain.outcomes import (
    Accepted,
    Acknowledged,
    NotThere,
    Outcome,
    Rejected,
    Unknown,
)
from doj_gateway.partners.connections import CALL_SECONDS
from shared.errors import UnavailableError
from shared.plain_dates import PlainInstant

REFUSED_FOR_GOOD = frozenset({400, 409, 413, 422})
NOT_TAKEN = frozenset({401, 403, 404, 405, 408, 429, 503})
NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""Failures after which nothing of the request can have arrived."""

_CODE = re.compile(r"^[a-z0-9-]{1,100}$")


class _Receipt(BaseModel):
    receipt_number: str
    accepted_at: PlainInstant


class _Status(BaseModel):
    status: str
    receipt_number: str | None = None
    accepted_at: PlainInstant | None = None
    acknowledged_at: PlainInstant | None = None


class _Refusal(BaseModel):
    reason_code: str


class _NoticeAcknowledged(BaseModel):
    acknowledged_at: PlainInstant


class DojIntake:
    """Speaks to DOJ; the client holds the address and the key."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def submit(self, reference: str, form: bytes) -> Outcome:
        """Send a form; the same bytes under the same reference are safe to send again."""
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
            return Unknown(_named(error))
        if answer.is_success:
            return _accepted(answer)
        if answer.status_code in REFUSED_FOR_GOOD:
            return Rejected(_reason(answer))
        if answer.status_code in NOT_TAKEN:
            return NotThere(f"status-{answer.status_code}")
        return Unknown(f"status-{answer.status_code}")

    async def status(self, reference: str) -> Outcome:
        """Ask where a submission stands; asking changes nothing."""
        try:
            async with asyncio.timeout(CALL_SECONDS):
                answer = await self._client.get(f"/v1/submissions/{reference}")
        except (httpx.HTTPError, TimeoutError) as error:
            return Unknown(_named(error))
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return NotThere("not-known-to-doj")
        if not answer.is_success:
            return Unknown(f"status-{answer.status_code}")
        return _status(answer)

    async def acknowledge(self, doj_notice_id: str) -> datetime:
        """Acknowledge a notice and return when DOJ took it; UnavailableError to try again."""
        try:
            async with asyncio.timeout(CALL_SECONDS):
                answer = await self._client.post(f"/v1/notices/{doj_notice_id}/acknowledgments")
            answer.raise_for_status()
            return _NoticeAcknowledged.model_validate_json(answer.content).acknowledged_at
        except (httpx.HTTPError, TimeoutError, ValidationError) as error:
            raise UnavailableError(
                f"DOJ did not take the acknowledgment: {_named(error)}", code="doj-unavailable"
            ) from None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _accepted(answer: httpx.Response) -> Outcome:
    try:
        receipt = _Receipt.model_validate_json(answer.content)
    except ValidationError:
        return Unknown("answer-not-read")
    return Accepted(receipt.accepted_at, receipt.receipt_number)


def _status(answer: httpx.Response) -> Outcome:
    try:
        found = _Status.model_validate_json(answer.content)
    except ValidationError:
        return Unknown("answer-not-read")
    if found.status == "rejected":
        return Rejected(_reason(answer))
    if found.receipt_number is None or found.accepted_at is None:
        return Unknown("answer-not-read")
    if found.acknowledged_at is not None:
        return Acknowledged(found.accepted_at, found.receipt_number, found.acknowledged_at)
    return Accepted(found.accepted_at, found.receipt_number)


def _reason(answer: httpx.Response) -> str:
    """DOJ's code if it is one, else the status."""
    try:
        code = _Refusal.model_validate_json(answer.content).reason_code
    except ValidationError:
        code = ""
    return code if _CODE.match(code) else f"status-{answer.status_code}"


def _named(error: Exception) -> str:
    """An error by its kind, such as `read-timeout`; its text may hold an address or a name."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
