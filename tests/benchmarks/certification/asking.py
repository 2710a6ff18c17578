"""Asks one process at a steady rate, whether it keeps up or not, and times every answer.

A client of sockets, since a comfortable one would take more of the machine than what it measures.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

ANSWERS = (b"http/1.1 200", b"http/1.1 404")
"""A program that is suspended is not found, which is an answer too."""

LONGEST_WAIT = 60


@dataclass(frozen=True)
class Request:
    """What one request sends."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def written(self) -> bytes:
        """It as it goes over the line."""
        headers = {"Host": "bench", **self.headers}
        if self.body:
            headers |= {
                "Content-Type": "application/json",
                "Content-Length": str(len(self.body)),
            }
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass(frozen=True)
class Answered:
    """How a run went, in milliseconds from when each request was due."""

    requests: int
    failed: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    largest_kb: float


class _Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, request: Request) -> tuple[bool, int]:
        """Ask; answers whether it was answered, and how long the body was."""
        try:
            return await self._ask(request)
        except (asyncio.IncompleteReadError, ConnectionError):
            self._reader = None  # the server lets go of what is idle for some seconds
            return await self._ask(request)

    async def _ask(self, request: Request) -> tuple[bool, int]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(request.written)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        await self._reader.readexactly(length)
        return head.startswith(ANSWERS), length

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


async def ask_steadily(
    port: int, request_of: Callable[[int], Request], *, rate: float, count: int
) -> Answered:
    """Send `rate` requests a second, `count` of them, each when it is due."""
    idle: list[_Line] = []
    took: list[float] = []
    sizes: list[int] = []
    failed = 0
    begun = time.perf_counter()

    async def one(number: int) -> None:
        nonlocal failed
        due = begun + number / rate
        line = idle.pop() if idle else _Line(port)
        is_ok, size = await asyncio.wait_for(line.ask(request_of(number)), LONGEST_WAIT)
        took.append((time.perf_counter() - due) * 1000)
        sizes.append(size)
        failed += not is_ok
        idle.append(line)

    async with asyncio.TaskGroup() as group:
        for number in range(count):
            await asyncio.sleep(begun + number / rate - time.perf_counter())
            group.create_task(one(number))
    for line in idle:
        line.close()
    took.sort()
    p50, p95, p99 = (round(took[len(took) * part // 100], 1) for part in (50, 95, 99))
    return Answered(len(took), failed, p50, p95, p99, round(max(sizes) / 1000, 1))
