"""A bound on request bodies: read whole here, so that no route ever sees part of one.

A route that takes much more streams it, under a bound of its own; its path is named to the
application, and so is a route's larger bound.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.errors import TooLargeError


@dataclass(frozen=True)
class LargerBody:
    """What a route takes beyond the limit of all others; `path` is a regular expression."""

    method: str
    path: str
    limit_bytes: int


class BodyLimitMiddleware:
    """Reads the body up to the limit and hands it on whole; over the limit, refuses its reader."""

    def __init__(
        self,
        app: ASGIApp,
        limit_bytes: int,
        larger: Sequence[LargerBody] = (),
        streamed: re.Pattern[str] | None = None,
    ) -> None:
        self._app = app
        self._limit = limit_bytes
        self._larger = [(each, re.compile(each.path)) for each in larger]
        self._streamed = streamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or self._is_streamed(scope["path"]):
            await self._app(scope, receive, send)
            return
        limit = self._limit_of(scope)
        body = await self._read(receive, limit)
        if body is None:
            await self._app(scope, _refusing(limit), send)
            return
        await self._app(scope, _replay(body, receive), send)

    def _is_streamed(self, path: str) -> bool:
        return self._streamed is not None and self._streamed.fullmatch(path) is not None

    def _limit_of(self, scope: Scope) -> int:
        for each, path in self._larger:
            if scope["method"] == each.method and path.fullmatch(scope["path"]):
                return each.limit_bytes
        return self._limit

    async def _read(self, receive: Receive, limit: int) -> bytes | None:
        """The body, or None when it is over the limit; the rest is left unread then."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return bytes(body)
            body += message.get("body", b"")
            if len(body) > limit:
                return None
            if not message.get("more_body"):
                return bytes(body)


def _refusing(limit: int) -> Receive:
    """Refuse whoever reads the body: the route, which answers as it answers anything wrong."""

    async def receive() -> Message:
        raise TooLargeError(
            f"The body of this request may have {limit} bytes at the most.", code="body-too-large"
        )

    return receive


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again
