"""An agency's HTTP client: sends a token and idempotency keys, and retries during outages."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import httpx

from local_system.errors import StepFailedError

PATIENCE_SECONDS = 240.0
ASK_AGAIN_SECONDS = 0.05
AWAY = frozenset({502, 503, 504})

Body = dict[str, Any]
Found = TypeVar("Found")


class Answer:
    """A successful answer: its body and its ETag."""

    def __init__(self, response: httpx.Response) -> None:
        self.body: Body = response.json()
        self.etag = response.headers.get("ETag", "")

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - JSON
        return self.body[name]


class Client:
    """Speaks to one service in one role."""

    def __init__(self, http: httpx.AsyncClient, address: str, headers: Mapping[str, str]) -> None:
        self._http = http
        self._address = address
        self._headers = dict(headers)

    async def get(self, path: str, **query: str) -> Answer:
        """Read; raises StepFailedError for anything but 200."""
        return Answer(await self._expect(200, "GET", path, params=query))

    async def post(
        self, path: str, body: Body, *, etag: str | None = None, status: int = 201
    ) -> Answer:
        """Write once; the idempotency key makes repeated requests harmless."""
        return Answer(await self._expect(status, "POST", path, json=body, headers=_seen(etag)))

    async def put(self, path: str, body: Body) -> Answer:
        """Write reference data."""
        response = await self._send("PUT", path, json=body)
        if not response.is_success:
            raise _unexpected(response, 200)
        return Answer(response)

    async def refused(
        self, path: str, body: Body, *, status: int, names: str, etag: str | None = None
    ) -> Body:
        """Send a write that must be refused with a problem that contains a certain text."""
        response = await self._expect(status, "POST", path, json=body, headers=_seen(etag))
        if names not in response.text:
            raise StepFailedError(f"POST {path} does not name {names}: {response.text}")
        problem: Body = response.json()
        return problem

    async def _expect(self, status: int, method: str, path: str, **request: Any) -> httpx.Response:  # noqa: ANN401 - passed on to httpx
        response = await self._send(method, path, **request)
        if response.status_code != status:
            raise _unexpected(response, status)
        return response

    async def _send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        **request: Any,  # noqa: ANN401 - passed on to httpx
    ) -> httpx.Response:
        """Send until the answer is not an outage; the idempotency key makes that safe."""
        sent = {**self._headers, **(headers or {}), "Idempotency-Key": str(uuid.uuid4())}
        give_up = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                response = await self._http.request(
                    method, self._address + path, headers=sent, **request
                )
            except httpx.TransportError as error:
                if time.monotonic() > give_up:
                    raise StepFailedError(f"{method} {path}: {error!r}") from error
            else:
                if response.status_code not in AWAY or time.monotonic() > give_up:
                    return response
            await asyncio.sleep(ASK_AGAIN_SECONDS)


async def until(ask: Callable[[], Awaitable[Found | None]], what: str) -> Found:
    """Ask repeatedly until there is a result; what arrives by event takes a moment."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        last = ""
        try:
            found = await ask()
        except StepFailedError as error:
            found, last = None, f": {error}"
        if found is not None:
            return found
        if time.monotonic() > give_up:
            raise StepFailedError(f"waited {PATIENCE_SECONDS:g} s without success for {what}{last}")
        await asyncio.sleep(ASK_AGAIN_SECONDS)


def check(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - it reads as a sentence
    """Fail the step unless the condition is true."""
    if not holds:
        raise StepFailedError(otherwise)


def _seen(etag: str | None) -> dict[str, str]:
    return {} if etag is None else {"If-Match": etag}


def _unexpected(response: httpx.Response, status: int) -> StepFailedError:
    request = response.request
    return StepFailedError(
        f"{request.method} {request.url.path} answered {response.status_code}, not {status}: "
        f"{response.text[:600]}"
    )
