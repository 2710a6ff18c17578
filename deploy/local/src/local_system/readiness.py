"""Ways to see that a program works: its port accepts, or its health answers 200."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from urllib.parse import urlsplit

from local_system.ports import HOST
from local_system.program import Hindrance, Readiness

PATIENCE_SECONDS = 2.0
FOR_AN_OPERATOR = ("refuses to publish", "rebuild what came of it", "an operator must remake")
"""What a process says where only a command helps; docs/operations/event-log.md has each."""


def port_accepts(port: int) -> Readiness:
    """Ready as soon as a connection is accepted."""

    async def check() -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                _, writer = await asyncio.open_connection(HOST, port)
        except OSError:  # TimeoutError is one of these
            return False
        writer.close()
        return True

    return check


def accepts_now(port: int) -> bool:
    """Whether a connection is accepted at this moment, for those who do not run in a loop."""
    try:
        socket.create_connection((HOST, port), PATIENCE_SECONDS).close()
    except OSError:
        return False
    return True


def answers_ok(url: str) -> Readiness:
    """Ready as soon as a GET is answered with 200; plain sockets, so that starting stays cheap."""

    async def check() -> bool:
        try:
            async with _asked(url) as reader:
                status = await reader.readline()
        except OSError:
            return False
        return status.split(maxsplit=2)[1:2] == [b"200"]

    return check


def works_or_waits_for_an_operator(url: str) -> Readiness:
    """Ready on 200, and where all that is wrong can be mended by a command of an operator alone.

    Such a command needs the rest of the system: to wait for it would be to wait for ever.
    """
    ask = _failing(url)

    async def check() -> bool:
        reasons = await ask()
        return reasons is not None and all(_is_for_an_operator(reason) for reason in reasons)

    return check


def _is_for_an_operator(reason: str) -> bool:
    return any(words in reason for words in FOR_AN_OPERATOR)


def reasons_of(url: str) -> Hindrance:
    """Ask a health address why its process is not ready: the reason of each failing check."""

    async def ask() -> str:
        reasons = await _failing(url)()
        return "it does not answer yet" if reasons is None else "; ".join(reasons)

    return ask


def _failing(url: str) -> Callable[[], Awaitable[list[str] | None]]:
    """Ask for the reason of each failing check: none on 200; None while nobody answers.

    An answer that is neither 200 nor names its reasons is one reason without words.
    """

    async def ask() -> list[str] | None:
        try:
            async with _asked(url) as reader:
                answer = await reader.read()
        except OSError:
            return None
        if answer.split(maxsplit=2)[1:2] == [b"200"]:
            return []
        try:
            checks = json.loads(answer.partition(b"\r\n\r\n")[2])["checks"]
            return [str(check["reason"]) for check in checks if not check["ok"]] or [""]
        except (ValueError, KeyError, TypeError):
            return [""]

    return ask


@asynccontextmanager
async def _asked(url: str) -> AsyncIterator[asyncio.StreamReader]:
    """Send a GET and give its answer to read; whoever answers too late is let go of."""
    parts = urlsplit(url)
    host, port = parts.hostname or HOST, parts.port or 80
    request = f"GET {parts.path or '/'} HTTP/1.0\r\nHost: {host}:{port}\r\n\r\n".encode()
    async with asyncio.timeout(PATIENCE_SECONDS):
        reader, writer = await asyncio.open_connection(host, port)
        with closing(writer):
            writer.write(request)
            yield reader
