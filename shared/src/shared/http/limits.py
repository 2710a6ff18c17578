"""A limit on request bodies: each body is read whole here, so no route sees part of one.

The body is read when the route asks for it, after the token is checked, so an unauthorized caller
is answered without it. If Content-Length is over the limit, nothing is read.

Some routes have a larger limit, and some stream their body under a limit of their own; the
application lists their paths.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.errors import TooLargeError


@dataclass(frozen=True)
class LargerBody:
    """A route with a larger body limit; `path` is a regular expression."""

    method: str
    path: str
    limit_bytes: int


class BodyLimitMiddleware:
    """Passes the body on in one piece; a body over the limit gets the answer 413."""

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
        declared = Headers(scope=scope).get("content-length", "")
        await self._app(scope, _Body(receive, self._limit_of(scope), declared), send)

    def _is_streamed(self, path: str) -> bool:
        return self._streamed is not None and self._streamed.fullmatch(path) is not None

    def _limit_of(self, scope: Scope) -> int:
        for each, path in self._larger:
            if scope["method"] == each.method and path.fullmatch(scope["path"]):
                return each.limit_bytes
        return self._limit


class _Body:
    """A request's body as the application receives it; nothing is read before it asks."""

    def __init__(self, receive: Receive, limit: int, declared: str) -> None:
        self._receive = receive
        self._limit = limit
        self._declared = int(declared) if declared.isdecimal() else 0
        self._is_read = False

    async def __call__(self) -> Message:
        """The body in one message, then later messages; raises TooLargeError."""
        if self._is_read:
            return await self._receive()
        self._is_read = True
        self._require(self._declared)
        body, has_more = bytearray(), True
        while has_more:
            message = await self._receive()
            if message["type"] != "http.request":
                return message
            body += message.get("body", b"")
            self._require(len(body))
            has_more = message.get("more_body", False)
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    def _require(self, size: int) -> None:
        if size > self._limit:
            raise TooLargeError(
                f"The body of this request may have at most {self._limit} bytes.",
                code="body-too-large",
            )
