"""The correlation id: given by the caller or made here, on every answer, log line and event."""

from uuid import UUID

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.identifiers import new_id

HEADER = "X-Correlation-Id"


def correlation_id(request: HTTPConnection) -> UUID:
    """The id of this errand."""
    found = request.scope.get("correlation_id")
    return found if isinstance(found, UUID) else new_id()


class CorrelationMiddleware:
    """Takes over a well-formed id of the caller's, else makes one; answers with it."""

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
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
