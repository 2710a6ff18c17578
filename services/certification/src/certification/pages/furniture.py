"""What all pages need: style sheet, icon, robots.txt, the root page and the 404 page."""

from functools import cache
from http import HTTPStatus
from importlib.resources import files

from fastapi import Response
from fastapi.responses import RedirectResponse

from certification.pages.page_route import cache_control, page_router, regret
from shared.http.routes import CurrentTransaction

router = page_router()

METHODS = ["GET", "HEAD"]
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" '
    'rx="3" fill="#083f4a"/><path d="M4 8.5l2.8 2.8L12 5.5" fill="none" stroke="#e0932b" '
    'stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
ROBOTS = "User-agent: *\nDisallow: /v1/\nDisallow: /status\n"


@router.api_route("/", methods=METHODS)
async def get_start() -> Response:
    """Redirect the root to the directory."""
    return RedirectResponse("/directory")


@router.api_route("/directory/style.css", methods=METHODS)
async def get_style(tx: CurrentTransaction) -> Response:
    """Return the style sheet of all pages."""
    headers = {"Cache-Control": cache_control(tx.now)}
    return Response(_style(), headers=headers, media_type="text/css; charset=utf-8")


@router.api_route("/favicon.ico", methods=METHODS)
async def get_icon(tx: CurrentTransaction) -> Response:
    """Return the icon that browsers show next to the title."""
    headers = {"Cache-Control": cache_control(tx.now)}
    return Response(ICON, headers=headers, media_type="image/svg+xml")


@router.api_route("/robots.txt", methods=METHODS)
async def get_robots(tx: CurrentTransaction) -> Response:
    """Return what search engines may read: the directory, but neither the API nor status pages."""
    headers = {"Cache-Control": cache_control(tx.now)}
    return Response(ROBOTS, headers=headers, media_type="text/plain; charset=utf-8")


@router.api_route("/directory/{rest:path}", methods=METHODS)
async def get_nothing(rest: str) -> Response:  # noqa: ARG001 - wherever it leads
    """Show the page for an unknown address."""
    return regret(HTTPStatus.NOT_FOUND)


@cache
def _style() -> bytes:
    return files("certification.pages").joinpath("templates", "style.css").read_bytes()
