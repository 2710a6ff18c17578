"""A route may take larger bodies than the others, for its method and path alone."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from shared.http.limits import BodyLimitMiddleware, LargerBody
from shared.http.problems import install_problem_handlers

LIMIT, LARGER = 10, 100


async def _measure(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def client() -> httpx.AsyncClient:
    paths = ("/lists", "/lists/one", "/others")
    app = Starlette(routes=[Route(path, _measure, methods=["POST", "PUT"]) for path in paths])
    install_problem_handlers(app)
    larger = [LargerBody("POST", "/lists", LARGER)]
    bounded = BodyLimitMiddleware(app, LIMIT, larger)
    return httpx.AsyncClient(transport=httpx.ASGITransport(bounded), base_url="http://test")


@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("POST", "/lists", LARGER, 200),
        ("POST", "/lists", LARGER + 1, 413),
        ("PUT", "/lists", LIMIT + 1, 413),
        ("POST", "/lists/one", LIMIT + 1, 413),
        ("POST", "/others", LIMIT + 1, 413),
        ("POST", "/others", LIMIT, 200),
    ],
)
async def test_each_body_has_the_bound_of_its_route(
    client: httpx.AsyncClient, method: str, path: str, size: int, status: int
) -> None:
    answer = await client.request(method, path, content=b"x" * size)

    assert answer.status_code == status
