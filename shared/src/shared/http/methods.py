"""HTTP methods: HEAD is served wherever GET is, and `Allow` lists all methods of a path."""

from starlette.requests import Request
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class HeadMiddleware:
    """Answers HEAD as GET is answered, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        asked = {**scope, "method": "GET"}

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if "body" in message else message)

        try:
            await self._app(asked, receive, send_head)
        finally:
            scope["route"] = asked.get("route")  # what is counted is counted by its route


def allowed_methods(request: Request) -> str:
    """The methods of the request's path, in the form of the `Allow` header."""
    routes = request.app.router.routes
    served = [
        method
        for method in METHODS
        for scope in [{**request.scope, "method": method}]
        if any(route.matches(scope)[0] is Match.FULL for route in routes)
    ]
    return ", ".join(["HEAD", *served] if "GET" in served else served)
