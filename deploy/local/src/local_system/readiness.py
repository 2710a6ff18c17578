"""Readiness checks: a program's port accepts connections, or its health check returns 200."""

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
"""Parts of health reasons that need an operator's command; see docs/operations/event-log.md."""


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
    """Whether a connection is accepted now; for callers without an event loop."""
    try:
        socket.create_connection((HOST, port), PATIENCE_SECONDS).close()
    except OSError:
        return False
    return True


def answers_ok(url: str) -> Readiness:
    """Ready as soon as a GET returns 200; uses plain sockets, which import quickly."""

    async def check() -> bool:
        try:
            async with _asked(url) as reader:
                status = await reader.readline()
        except OSError:
            return False
        return status.split(maxsplit=2)[1:2] == [b"200"]

    return check


def works_or_waits_for_an_operator(url: str) -> Readiness:
    """Ready on 200, or if every failing check needs an operator's command.

    Such a command needs the running system, so waiting for it would never end.
    """
    ask = _failing(url)

    async def check() -> bool:
        reasons = await ask()
        return reasons is not None and all(_is_for_an_operator(reason) for reason in reasons)

    return check


def _is_for_an_operator(reason: str) -> bool:
    return any(words in reason for words in FOR_AN_OPERATOR)


def reasons_of(url: str) -> Hindrance:
    """Return a function that reads from a health address why its process is not ready."""

    async def ask() -> str:
        reasons = await _failing(url)()
        return "it does not answer yet" if reasons is None else "; ".join(reasons)

    return ask


def _failing(url: str) -> Callable[[], Awaitable[list[str] | None]]:
    """Read the reasons of the failing checks: empty on 200, None if nothing answers.

    Another status without reasons counts as one empty reason.
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
    """Send a GET and return its answer to read; the connection closes after a timeout."""
    parts = urlsplit(url)
    host, port = parts.hostname or HOST, parts.port or 80
    request = f"GET {parts.path or '/'} HTTP/1.0\r\nHost: {host}:{port}\r\n\r\n".encode()
    async with asyncio.timeout(PATIENCE_SECONDS):
        reader, writer = await asyncio.open_connection(host, port)
        with closing(writer):
            writer.write(request)
            yield reader
