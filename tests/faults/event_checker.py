"""Reads what a whole system has recorded and checks that the log's promises were kept."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
import httpx

from faults.checker import promises, reading
from faults.checker.recorded import Arrived, Submitted
from faults.waiting import until
from local_system.credentials import SERVICES
from local_system.databases import address, database_name
from local_system.system import System
from shared.messaging.wire.envelope import service_of, topic_of
from shared.process.settings import KafkaSettings

SETTLE_SECONDS = 240.0

_PARKED = "SELECT reason FROM parked_messages WHERE state IN ('waiting', 'dead')"
_READ = "SELECT DISTINCT topic FROM consumer_progress"
_SUBMITTED = """
    SELECT reference, state, content_hash, receipt_number,
           ARRAY(SELECT reason_code FROM attempts
                 WHERE submission_id = submissions.id AND outcome IN ('rejected', 'unknown')
                   AND reason_code IS NOT NULL) AS refusals
    FROM submissions
"""


async def check_every_promise(system: System) -> None:
    """Wait until every service is at rest, then hold logs, topics and DOJ against the promises."""
    await _until_at_rest(system)
    kafka = KafkaSettings(kafka_bootstrap_servers=system.kafka_bootstrap)
    for service in SERVICES:
        async with _database(system, service) as connection:
            produced = await reading.producing(connection, kafka, topic_of(service))
        promises.the_log_is_whole(produced.log)
        promises.kafka_acknowledged_all(produced)
        promises.the_topic_is_a_copy(produced)
        promises.first_occurrences_are_in_order(produced.topic)
    promises.doj_has_each_score_once(await submitted(system), await arrived(system))


async def submitted(system: System) -> Sequence[Submitted]:
    """What the gateway records of its submissions."""
    async with _database(system, "doj-gateway") as connection:
        return [Submitted(**row) for row in await connection.fetch(_SUBMITTED)]


async def arrived(system: System) -> Sequence[Arrived]:
    """What DOJ took."""
    async with httpx.AsyncClient(base_url=system.url("simulator")) as http:
        key = {"X-Intake-Key": system.simulator_key}
        answer = await http.get("/simulation/submissions", headers=key)
    names = Arrived.__dataclass_fields__
    return [Arrived(**{name: each[name] for name in names}) for each in answer.json()]


async def _until_at_rest(system: System) -> None:
    """Fail, with what is left, unless everything was sent and applied in time."""
    left: dict[str, object] = {}

    async def is_at_rest() -> bool:
        left.clear()
        for service in SERVICES:
            left.update(await _left(system, service))
        return not left

    try:
        await until(is_at_rest, SETTLE_SECONDS)
    except AssertionError:
        raise AssertionError(f"does not come to rest: {left}") from None


async def _left(system: System, service: str) -> dict[str, object]:
    """Say what a service has not sent, not applied or set aside."""
    left: dict[str, object] = {}
    async with _database(system, service) as reader:
        left[f"{service} publishes"] = await reading.left_to_publish(reader)
        left[f"{service} parked"] = [row["reason"] for row in await reader.fetch(_PARKED)]
        for row in await reader.fetch(_READ):
            async with _database(system, service_of(row["topic"])) as writer:
                behind = await reading.left_to_consume(reader, writer, row["topic"])
            left[f"{service} reads {row['topic']}"] = behind
    return {what: each for what, each in left.items() if each}


@asynccontextmanager
async def _database(system: System, service: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(address(system.database_server, database_name(service)))
    try:
        yield connection
    finally:
        await connection.close()
