"""Correlation ids: each request has one, from the caller or made here, beside the W3C trace.

Both reach every event, log line and partner, so a malformed one is never accepted.
"""

import re
from uuid import UUID

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.identifiers import new_id
from shared.trace_context import read_traceparent

HEADER = "X-Correlation-Id"
TRACEPARENT = "traceparent"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def correlation_id(request: HTTPConnection) -> UUID:
    """The correlation id of the current request."""
    found = request.scope.get("correlation_id")
    return found if isinstance(found, UUID) else new_id()


def traceparent(request: HTTPConnection) -> str | None:
    """The caller's `traceparent`; None if the header is missing, malformed or repeated."""
    given = request.headers.getlist(TRACEPARENT)
    return read_traceparent(given[0]) if len(given) == 1 else None


class CorrelationMiddleware:
    """Uses the caller's correlation id if it is well formed, else a new one, and returns it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        errand = _given(Headers(scope=scope).get(HEADER)) or new_id()
        scope["correlation_id"] = errand

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = str(errand)
            await send(message)

        with structlog.contextvars.bound_contextvars(correlation_id=str(errand)):
            await self._app(scope, receive, send_with_id)


def _given(text: str | None) -> UUID | None:
    return UUID(text) if text and _ID.fullmatch(text) else None
