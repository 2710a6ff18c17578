"""What real connections meet: senders who dribble are let go of, others are waited for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from local_system.ports import HOST, free_port
from shared.process.health import bare_health_routes
from shared.process.patience import MOST_DISCARDED_BYTES, Patience
from shared.process.servers import ApiServer, api_server
from shared.process.settings import HttpSettings

SHORT, LONG = 0.1, 240.0
UNHURRIED = 2.0
"""Longer than a busy machine takes to send a body, and shorter than a test may last."""
LARGE = 1_000_000


@dataclass
class Served:
    """An API on real ports, and what became of the bodies that it read."""

    port: int
    operations_port: int
    broken_off: asyncio.Event

    async def connect(self, sent: bytes = b"") -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Open a connection and send something."""
        reader, writer = await asyncio.open_connection(HOST, self.port)
        writer.write(sent)
        return reader, writer


async def _well() -> str | None:
    return None


async def _ill() -> str | None:
    raise ConnectionError("postgresql://someone@inside")


@asynccontextmanager
async def serving(**told: object) -> AsyncIterator[Served]:
    """Serve on ports of the test's own until the block ends."""
    served = Served(free_port(), free_port(), asyncio.Event())

    async def measured(request: Request) -> PlainTextResponse:
        try:
            return PlainTextResponse(str(len(await request.body())))
        except ClientDisconnect:
            served.broken_off.set()
            raise

    async def unread(_: Request) -> PlainTextResponse:
        return PlainTextResponse("no", 401)

    async def late(request: Request) -> PlainTextResponse:
        await asyncio.sleep(2 * UNHURRIED)
        return PlainTextResponse(str(len(await request.body())))

    async def who(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.client.host if request.client else "")

    checks = {"well": _well, "ill": _ill}
    routes = [
        Route("/measured", measured, methods=["POST"]),
        Route("/unread", unread, methods=["POST"]),
        Route("/late", late, methods=["POST"]),
        Route("/who", who),
        *bare_health_routes(checks),
    ]
    ports = {"http_port": served.port, "operations_port": served.operations_port}
    settings = HttpSettings.model_validate(ports | told)
    server = api_server(Starlette(routes=routes), checks, settings)
    running = asyncio.create_task(server.serve())
    await _until_listening(server)
    try:
        yield served
    finally:
        server.should_exit = True
        await running


async def _until_listening(server: ApiServer) -> None:
    while not (server.started and server.operations.started):  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)


async def closed(reader: asyncio.StreamReader) -> bool:
    """Whether the other side closes, within far less than the long patience."""
    async with asyncio.timeout(LONG / 4):
        await reader.read()
    return True


HEADERS = b"POST /measured HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
GET = b"GET /who HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize(
    "sent", [b"", b"GET /who HT", b"GET /who HTTP/1.1\r\nHost: x\r\n", b"\r\n"]
)
async def test_headers_that_do_not_come_end_the_connection(sent: bytes) -> None:
    async with serving(http_header_seconds=SHORT, http_body_seconds=LONG) as served:
        reader, writer = await served.connect(sent)

        assert await closed(reader)
        writer.close()


async def test_blank_lines_between_requests_do_not_hold_a_connection() -> None:
    async with serving(http_header_seconds=UNHURRIED / 4, http_body_seconds=LONG) as served:
        reader, writer = await served.connect(GET)
        await reader.readuntil(b"127.0.0.1")
        writer.write(b"\r\n")

        assert await closed(reader)
        writer.close()


async def test_a_body_that_does_not_come_ends_the_connection_and_the_request() -> None:
    async with serving(http_header_seconds=LONG, http_body_seconds=SHORT) as served:
        reader, writer = await served.connect(HEADERS + b"ten bytes.")

        assert await closed(reader)
        async with asyncio.timeout(LONG / 4):
            await served.broken_off.wait()
        writer.close()


async def test_a_second_request_on_a_connection_has_its_own_time() -> None:
    async with serving(http_header_seconds=LONG, http_body_seconds=SHORT) as served:
        reader, writer = await served.connect(GET)
        await reader.readuntil(b"127.0.0.1")
        writer.write(GET)

        assert await reader.readuntil(b"127.0.0.1")
        writer.close()


async def test_a_service_that_reads_late_does_not_blame_the_sender() -> None:
    async with (
        serving(http_body_seconds=UNHURRIED, http_body_bytes_per_second=LARGE**2) as served,
        httpx.AsyncClient(base_url=f"http://{HOST}:{served.port}") as http,
    ):
        answer = await http.post("/late", content=b"x" * LARGE)

    assert (answer.status_code, answer.text) == (200, str(LARGE))


async def test_who_goes_on_sending_after_the_answer_is_let_go_of() -> None:
    length = f"Content-Length: {LARGE}\r\n\r\n".encode()
    async with serving(http_header_seconds=LONG, http_body_seconds=LONG) as served:
        reader, writer = await served.connect(b"POST /unread HTTP/1.1\r\nHost: x\r\n" + length)
        answered = await reader.readuntil(b"no")
        writer.write(b"x" * (MOST_DISCARDED_BYTES + 1))

        assert answered.startswith(b"HTTP/1.1 401")
        assert await closed(reader)
        writer.close()


def test_a_body_has_more_time_the_more_of_it_has_come() -> None:
    patience = Patience(header_seconds=10, body_seconds=20, body_bytes_per_second=2_048)

    assert patience.for_body(0) == 20
    assert patience.for_body(262_144) == 148


async def test_what_tells_of_the_inside_is_on_the_operations_port_alone() -> None:
    async with serving() as served, httpx.AsyncClient() as http:
        public, own = (f"http://{HOST}:{port}" for port in (served.port, served.operations_port))
        live = await http.get(f"{public}/health/live")
        ready = await http.get(f"{public}/health/ready")
        metrics = await http.get(f"{public}/metrics")
        detail = await http.get(f"{own}/health/ready")
        own_metrics = await http.get(f"{own}/metrics")

    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert (ready.status_code, ready.json()) == (503, {"status": "not ready"})
    assert metrics.status_code == 404
    assert detail.status_code == 503
    assert detail.json()["checks"] == [
        {"name": "well", "ok": True, "reason": None},
        {"name": "ill", "ok": False, "reason": "ConnectionError: postgresql://someone@inside"},
    ]
    assert "python_gc_objects_collected_total" in own_metrics.text


@pytest.mark.parametrize(
    ("trusted", "who"), [("", HOST), ("10.0.0.0/8", HOST), ("10.0.0.0/8, 127.0.0.1", "203.0.113.7")]
)
async def test_an_address_is_the_connections_unless_a_trusted_proxy_says_otherwise(
    trusted: str, who: str
) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.7"}
    async with serving(http_trusted_proxies=trusted) as served, httpx.AsyncClient() as http:
        answer = await http.get(f"http://{HOST}:{served.port}/who", headers=forwarded)

    assert answer.text == who


@pytest.mark.parametrize("proxies", ["*", "ingress", "10.0.0.1/8"])
def test_proxies_that_are_no_addresses_are_refused(proxies: str) -> None:
    with pytest.raises(ValueError, match="http_trusted_proxies"):
        HttpSettings(http_port=1, http_trusted_proxies=proxies)
