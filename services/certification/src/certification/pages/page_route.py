"""Routes that answer with HTML instead of problem documents, and with strict headers.

A query may contain unknown names, because links are passed on with tracking parameters. Pages
ignore them; a download, which programs read too, refuses them.
"""

import hashlib
from datetime import date, datetime, timedelta
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from certification.pages.rendering import render
from certification.parts import Parts
from shared.clock import california_date, end_of_day
from shared.errors import CasombError
from shared.http.methods import allowed_methods
from shared.http.parts import parts_of
from shared.http.problems import status_of
from shared.http.routes import PublicRoute, RouteHandler, public_router
from shared.process.logging import logger

LOG = logger(__name__)
HTML = "text/html; charset=utf-8"
FRESH_FOR = timedelta(seconds=60)
"""Pages are cached only briefly, because a suspended program leaves the directory at once."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class PageRoute(PublicRoute):
    """Serves HTML to anybody."""

    passes_over_strangers = True

    def get_route_handler(self) -> RouteHandler:
        """Wrap the route's handler: unknown names are removed, errors become pages."""
        handler = super().get_route_handler()
        flat = get_flat_params(self.dependant)  # codespell:ignore dependant - FastAPI's
        known = frozenset(each.alias for each in flat if isinstance(each.field_info, params.Query))

        async def handle(request: Request) -> Response:
            if self.passes_over_strangers:
                request = _without_strangers(request, known)
            kept = parts_of(request, Parts).kept_pages
            asked = _asked(request)
            answer = kept.find(asked)
            if answer is None:
                answer = await _answered(handler, request)
                if _may_be_kept(request, answer):
                    kept.keep(asked, answer)
            return _finished(request, answer)

        return handle

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; a method that no page has gets an error page."""
        try:
            await super().handle(scope, receive, send)
        except HTTPException as error:
            request = Request(scope)
            answer = _finished(request, _refused(error))
            if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                answer.headers["Allow"] = allowed_methods(request)
            await answer(scope, receive, send)


class DownloadRoute(PageRoute):
    """A page route that refuses unknown query names."""

    passes_over_strangers = False


def page_router(route_class: type[PageRoute] = PageRoute) -> APIRouter:
    """Return a router for pages, which are not part of the OpenAPI document."""
    router = public_router("", tags=["pages"])
    router.route_class = route_class
    router.include_in_schema = False
    return router


def page(
    name: str, now: datetime, *, status: HTTPStatus = HTTPStatus.OK, **shown: object
) -> Response:
    """Render a page; a complete answer may be cached for a moment."""
    keep = cache_control(now) if status == HTTPStatus.OK else "no-store"
    return Response(render(name, **shown), status, {"Cache-Control": keep}, media_type=HTML)


def regret(status: HTTPStatus, message: str = "") -> Response:
    """Render an error page."""
    headers = {"Cache-Control": "no-store"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "1"
    body = render("regret.html", status=status, message=message)
    return Response(body, status, headers, media_type=HTML)


def cache_control(now: datetime) -> str:
    """Return a cache time of a minute that never passes midnight, when the directory changes."""
    left = end_of_day(california_date(now)) - now
    return f"public, max-age={int(min(left, FRESH_FOR).total_seconds())}"


async def _answered(handler: RouteHandler, request: Request) -> Response:
    try:
        return await handler(request)
    except CasombError as error:
        return regret(status_of(error))
    except RequestValidationError:
        return regret(HTTPStatus.UNPROCESSABLE_ENTITY)
    except HTTPException as error:
        return _refused(error)
    except Exception as error:
        LOG.exception("unexpected_error", error=type(error).__name__)
        return regret(HTTPStatus.INTERNAL_SERVER_ERROR)


def _refused(error: HTTPException) -> Response:
    answer = regret(HTTPStatus(error.status_code))
    answer.headers.update(error.headers or {})
    return answer


def _asked(request: Request) -> tuple[str, str, str, date]:
    """Return the cache key of a request; it includes the day."""
    clock = parts_of(request, Parts).database.clock
    return request.method, request.url.path, request.url.query, california_date(clock.now())


def _may_be_kept(request: Request, answer: Response) -> bool:
    is_public = answer.headers.get("cache-control", "").startswith("public")
    is_whole = isinstance(getattr(answer, "body", None), bytes)
    return (
        request.method == "GET" and answer.status_code == HTTPStatus.OK and is_public and is_whole
    )


def _without_strangers(request: Request, known: frozenset[str]) -> Request:
    if not request.url.query:
        return request
    kept = [
        pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] in known
    ]
    return Request({**request.scope, "query_string": urlencode(kept).encode()}, request.receive)


def _finished(request: Request, answer: Response) -> Response:
    """Add the headers of every page; answer without a body if the client has the page."""
    answer.headers.update(HEADERS)
    if answer.status_code != HTTPStatus.OK or not isinstance(getattr(answer, "body", None), bytes):
        return answer
    tag = f'"{hashlib.blake2b(bytes(answer.body), digest_size=12).hexdigest()}"'
    answer.headers["ETag"] = tag
    if tag not in request.headers.get("if-none-match", ""):
        return answer
    kept = {name: answer.headers[name] for name in ("cache-control", "etag", *HEADERS)}
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)
