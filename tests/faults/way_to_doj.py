"""A wire between the gateway and DOJ that loses an answer when it is told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from local_system.ports import HOST

CHUNK = 65_536


class Wire:
    """Carries bytes both ways; `lose_next_answer` cuts it when DOJ answers the next form."""

    def __init__(self, doj_port: int) -> None:
        self._doj_port = doj_port
        self._is_armed = False
        self.has_lost = asyncio.Event()

    def lose_next_answer(self) -> None:
        """Lose the answer to the next form."""
        self._is_armed = True

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection until either side ends it or its answer is lost."""
        from_doj, to_doj = await asyncio.open_connection(HOST, self._doj_port)
        asked = bytearray()
        ways = [
            asyncio.create_task(self._carry_questions(reader, to_doj, asked)),
            asyncio.create_task(self._carry_answers(from_doj, writer, asked)),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        writer.close()
        to_doj.close()

    async def _carry_questions(
        self, reader: asyncio.StreamReader, to_doj: asyncio.StreamWriter, asked: bytearray
    ) -> None:
        while piece := await reader.read(CHUNK):
            asked += piece
            to_doj.write(piece)

    async def _carry_answers(
        self, from_doj: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: bytearray
    ) -> None:
        while answer := await from_doj.read(CHUNK):
            if self._is_armed and asked.startswith(b"PUT "):
                self._is_armed = False
                self.has_lost.set()
                return
            asked.clear()
            writer.write(answer)


@asynccontextmanager
async def wire_to(doj_port: int) -> AsyncIterator[tuple[Wire, int]]:
    """Lay a wire for the length of the block; return it and the port to speak to."""
    wire = Wire(doj_port)
    async with await asyncio.start_server(wire.carry, HOST, 0) as server:
        yield wire, server.sockets[0].getsockname()[1]
