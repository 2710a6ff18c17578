"""The feed's first page after any sequence of a long log, beside the bare read of its rows."""

import random
import statistics
import time
from collections.abc import Awaitable, Callable

import asyncpg
import httpx

from benchmarks.events.place import PARTITIONS, Place
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.messaging.log.feed import FeedQuery, read_page
from shared.messaging.log.positions import Position
from shared.security.principals import process_actor
from shared.testing.feeds import feed_app

_PAGES, _EVENTS = 200, 100
_ROWS = "SELECT * FROM event_log WHERE sequence > $1 ORDER BY sequence LIMIT $2"

Read = Callable[[int], Awaitable[object]]


async def measure(place: Place, through: int) -> dict[str, float]:
    """Return milliseconds by what was asked for, after sequences drawn from the whole log."""
    engine = create_engine(place.database_settings, "feed")
    database = Database(engine, SystemClock(), place.service)
    connection = await place.connect()
    transport = httpx.ASGITransport(feed_app(database))
    async with httpx.AsyncClient(transport=transport, base_url="http://feed") as http:
        figures: dict[str, float] = {}
        for name, read in _reads(http, database, connection, through).items():
            figures |= await _timed(name, read, through)
    await connection.close()
    await engine.dispose()
    return figures


def _reads(
    http: httpx.AsyncClient, database: Database, connection: asyncpg.Connection, through: int
) -> dict[str, Read]:
    async def ask(after: int, **narrowed: object) -> None:
        asked = {"after": f"1:{after}", "limit": _EVENTS, **narrowed}
        answer = await http.get("/v1/events", params={k: str(v) for k, v in asked.items()})
        answer.raise_for_status()

    async def subject(after: int) -> None:
        late = random.randrange(after, through)  # noqa: S311 - a place, not a secret
        query = "SELECT subject_id FROM event_log WHERE sequence = $1"
        await ask(after, subject=await connection.fetchval(query, late + 1))

    async def rare_type(after: int) -> None:
        query = FeedQuery(Position(1, after), _EVENTS, types=["thing.unheard-of"])
        async with database.transaction(Cause(process_actor("bench"), new_id())) as tx:
            await read_page(tx, query)

    return {
        "rows": lambda after: connection.fetch(_ROWS, after, _EVENTS),
        "page": ask,
        "page of a subject": subject,
        "page of a partition": lambda after: ask(after, partition=after % PARTITIONS),
        "page of a rare type": rare_type,
    }


async def _timed(name: str, read: Read, through: int) -> dict[str, float]:
    drawn = random.Random(name)  # noqa: S311 - the same places every time
    spent = []
    for _ in range(_PAGES):
        after = drawn.randrange(0, through - 1)
        began = time.perf_counter()
        await read(after)
        spent.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(spent, n=20)
    return {f"{name} p50 ms": cuts[9], f"{name} p95 ms": cuts[18]}
