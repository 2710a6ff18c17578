"""A program is asked whether it is ready, and is let go of whether it answers or not."""

import asyncio
import json
from contextlib import closing, suppress

import pytest

from local_system import readiness
from local_system.ports import HOST
from local_system.readiness import answers_ok, reasons_of, works_or_waits_for_an_operator

PATIENCE = 60.0


@pytest.mark.parametrize(
    ("answer", "is_ready"),
    [(b"HTTP/1.0 200 OK\r\n\r\n", True), (b"HTTP/1.0 503 Not yet\r\n\r\n", False), (b"", False)],
)
async def test_whoever_answers_late_or_badly_is_not_ready_and_let_go_of(
    monkeypatch: pytest.MonkeyPatch, answer: bytes, *, is_ready: bool
) -> None:
    monkeypatch.setattr(readiness, "PATIENCE_SECONDS", PATIENCE if answer else 0.2)
    let_go = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer), suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await reader.read()
        let_go.set()

    async with await asyncio.start_server(serve, HOST, 0) as server:
        port = server.sockets[0].getsockname()[1]

        assert await answers_ok(f"http://{HOST}:{port}/health/ready")() is is_ready
        await let_go.wait()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            b'{"checks": [{"ok": false, "reason": "Kafka is unavailable"}, {"ok": true}]}',
            "Kafka is unavailable",
        ),
        (b"<html>", ""),
        (b"[]", ""),
    ],
)
async def test_a_health_answer_says_why_a_process_is_not_ready(body: bytes, reason: str) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.0 503 Not yet\r\nContent-Length: 9\r\n\r\n" + body)

    async with await asyncio.start_server(serve, HOST, 0) as server:
        port = server.sockets[0].getsockname()[1]

        assert await reasons_of(f"http://{HOST}:{port}/health/ready")() == reason


@pytest.mark.parametrize(
    ("reasons", "is_ready"),
    [
        (["refuses to publish: Kafka is ahead of the log"], True),
        (["stopped: things.events[0]: … rebuild what came of it"], True),
        (["refuses to publish: Kafka is ahead of the log", "Kafka is unavailable"], False),
        (["Kafka is unavailable"], False),
    ],
)
async def test_a_process_that_waits_for_an_operator_alone_keeps_nobody_waiting(
    reasons: list[str], *, is_ready: bool
) -> None:
    body = json.dumps({"checks": [{"ok": False, "reason": reason} for reason in reasons]})

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with closing(writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.0 503 Not yet\r\n\r\n" + body.encode())

    async with await asyncio.start_server(serve, HOST, 0) as server:
        port = server.sockets[0].getsockname()[1]
        check = works_or_waits_for_an_operator(f"http://{HOST}:{port}/health/ready")

        assert await check() is is_ready


async def test_a_process_that_does_not_listen_yet_is_said_to_be_silent() -> None:
    async with await asyncio.start_server(lambda _, writer: writer.close(), HOST, 0) as server:
        port = server.sockets[0].getsockname()[1]

    assert await reasons_of(f"http://{HOST}:{port}/health/ready")() == "it does not answer yet"
