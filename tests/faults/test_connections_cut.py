"""PostgreSQL cuts a connection in mid-transaction: what was begun is begun again, once."""

import asyncio
import signal
from uuid import UUID

import pytest

from faults.counted import Counted
from faults.service_process import running
from faults.test_api_killed import number
from shared.identifiers import new_id
from shared.process.fault_points import FaultPoint

CUT = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = $1 AND state <> 'idle'
"""


LOCK = "SELECT 1 FROM publication FOR UPDATE"
WAITS = """
    SELECT DISTINCT wait_event_type FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = $1 AND wait_event_type = 'Lock'
"""


async def cut(counted: Counted, application: str, *, reader: bool = False) -> None:
    """Cut the connection of an application that is in the middle of something."""
    assert any(await counted.values(CUT, application, reader=reader))


@pytest.mark.long
async def test_connections_cut_in_the_publishers_transaction(counted: Counted) -> None:
    thing = new_id()
    publisher = counted.publisher()
    async with running(publisher, counted.consumer()):
        await counted.announce(thing, 1)
        await counted.until_published(1)
        async with counted.connected() as other, other.transaction():
            await other.execute(LOCK)
            await counted.announce(thing, 2)
            await counted.until_values(["Lock"], WAITS, f"{counted.service} publisher")
            await cut(counted, f"{counted.service} publisher")

        await counted.announce(thing, 3)
        await counted.check_every_promise()
        assert publisher.is_running


async def test_connections_cut_in_the_consumers_transaction(counted: Counted) -> None:
    thing = new_id()
    consumer = counted.consumer()
    async with running(counted.publisher(), consumer):
        await counted.announce(thing, 1)
        await counted.until_noted(thing, 1)
        consumer.faults.arm(FaultPoint.HANDLED, "pause")
        await counted.announce(thing, 2)
        await consumer.until_paused_at(FaultPoint.HANDLED)

        await cut(counted, f"{counted.reader} consumer", reader=True)
        consumer.send(signal.SIGCONT)

        await counted.announce(thing, 3)
        await counted.check_every_promise()
        assert consumer.is_running


@pytest.mark.long
async def test_connections_cut_in_the_apis_transaction(counted: Counted) -> None:
    thing = new_id()
    api = counted.api()
    async with running(api, counted.publisher(), counted.consumer()):
        api.faults.arm(FaultPoint.COMMITTING, "pause")
        asking = asyncio.create_task(number(api, thing, "the-key"))
        await api.until_paused_at(FaultPoint.COMMITTING)

        await cut(counted, f"{counted.service} api")
        api.send(signal.SIGCONT)
        refused = await asking
        answer = await number(api, thing, "the-key")

        counted.writes.committed.append(UUID(answer.json()["event_id"]))
        await counted.check_every_promise()

    assert refused.status_code == 503
    assert refused.json()["type"].endswith("database-unavailable")
    assert answer.status_code == 201
