"""Redirects contain only a path: a host would be whatever the request claimed it is."""

from starlette.datastructures import URL, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class RelativeLocationMiddleware:
    """Removes scheme and host from a `Location` that points to this server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_relative(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                asked = URL(scope=scope)
                own = f"{asked.scheme}://{asked.netloc}/"
                if headers.get("location", "").startswith(own):
                    headers["location"] = headers["location"][len(own) - 1 :]
            await send(message)

        await self._app(scope, receive, send_relative)
