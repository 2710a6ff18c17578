"""Ways to see that a program works: its port accepts, or its health answers 200."""

import asyncio
from contextlib import closing
from urllib.parse import urlsplit

from local_system.ports import HOST
from local_system.program import Readiness

PATIENCE_SECONDS = 2.0


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


def answers_ok(url: str) -> Readiness:
    """Ready as soon as a GET is answered with 200; plain sockets, so that starting stays cheap."""
    parts = urlsplit(url)
    host, port = parts.hostname or HOST, parts.port or 80
    request = f"GET {parts.path or '/'} HTTP/1.0\r\nHost: {host}:{port}\r\n\r\n".encode()

    async def check() -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                reader, writer = await asyncio.open_connection(host, port)
                with closing(writer):  # whoever answers too late is let go of, too
                    writer.write(request)
                    status = await reader.readline()
        except OSError:
            return False
        return status.split(maxsplit=2)[1:2] == [b"200"]

    return check
