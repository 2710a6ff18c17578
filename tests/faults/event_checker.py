"""Reads what a system has recorded and checks that the log's promises were kept.

Every committed event is in the log once, without holes, and was acknowledged by Kafka at least
once; in each partition first occurrences come in order; nothing stays parked or unsent.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

from local_system.credentials import SERVICES
from local_system.databases import address, database_name
from local_system.system import System

Result = TypeVar("Result")

SETTLE_SECONDS = 60.0
ASK_AGAIN_SECONDS = 0.2


@dataclass(frozen=True)
class LoggedPlace:
    """Where an event stands in its service's log."""

    event_id: str
    sequence: int
    previous: int
    partition: int


async def check_every_promise(system: System) -> None:
    """Wait until every service is at rest, then compare log and topic, event by event."""
    for service in SERVICES:
        await _until_at_rest(system, service)
    for service in SERVICES:
        log = await _with_database(system, service, _log)
        assert [each.sequence for each in log] == list(range(1, len(log) + 1)), service
        assert len({each.event_id for each in log}) == len(log), service
        _check_chain(log)
        assert await _first_occurrences(system, service) == _by_partition(log), service


async def _until_at_rest(system: System, service: str) -> None:
    """Raise TimeoutError, with what is left, unless everything was sent and applied in time."""
    left = "nothing was asked yet"
    try:
        async with asyncio.timeout(SETTLE_SECONDS):
            # Other processes are at work: there is no event to wait for.
            while left := await _with_database(system, service, _what_is_left):  # noqa: ASYNC110 - polled
                await asyncio.sleep(ASK_AGAIN_SECONDS)
    except TimeoutError:
        raise AssertionError(f"{service} does not come to rest: {left}") from None


async def _what_is_left(connection: asyncpg.Connection) -> str:
    row = await connection.fetchrow(
        """
        SELECT (SELECT count(*) FROM outbox) AS unsequenced,
               (SELECT sequenced_through FROM publication)
                   - (SELECT published_through FROM published) AS unpublished,
               (SELECT count(*) FROM parked_messages WHERE state IN ('waiting', 'dead')) AS parked
        """
    )
    assert row is not None
    left = {name: count for name, count in row.items() if count}
    return str(left) if left else ""


async def _log(connection: asyncpg.Connection) -> list[LoggedPlace]:
    rows = await connection.fetch(
        "SELECT event_id, sequence, previous_sequence, partition FROM event_log ORDER BY sequence"
    )
    return [LoggedPlace(str(event), *place) for event, *place in rows]


def _check_chain(log: list[LoggedPlace]) -> None:
    tails: dict[int, int] = defaultdict(int)
    for each in log:
        assert each.previous == tails[each.partition], each
        tails[each.partition] = each.sequence


def _by_partition(log: list[LoggedPlace]) -> dict[int, list[tuple[int, str]]]:
    ordered: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for each in log:
        ordered[each.partition].append((each.sequence, each.event_id))
    return dict(ordered)


async def _first_occurrences(system: System, service: str) -> dict[int, list[tuple[int, str]]]:
    """What the topic holds, each sequence once, in the order in which it first appears."""
    consumer = AIOKafkaConsumer(
        f"{service}.events",
        bootstrap_servers=system.kafka_bootstrap,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    try:
        ends = await consumer.end_offsets(consumer.assignment())
        found: dict[int, dict[int, str]] = defaultdict(dict)
        while await _is_before(consumer, ends):
            for partition, records in (await consumer.getmany(timeout_ms=500)).items():
                for record in records:
                    headers = {name: value.decode() for name, value in record.headers}
                    seen = found[partition.partition]
                    if "ce_sequence" in headers:  # watermarks have none
                        seen.setdefault(int(headers["ce_sequence"]), headers["ce_id"])
    finally:
        await consumer.stop()
    return {partition: list(seen.items()) for partition, seen in found.items() if seen}


async def _is_before(consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int]) -> bool:
    positions = [await consumer.position(partition) < end for partition, end in ends.items()]
    return any(positions)


async def _with_database(
    system: System, service: str, ask: Callable[[asyncpg.Connection], Awaitable[Result]]
) -> Result:
    name = database_name(service)
    connection = await asyncpg.connect(address(system.database_server, name))
    try:
        return await ask(connection)
    finally:
        await connection.close()
