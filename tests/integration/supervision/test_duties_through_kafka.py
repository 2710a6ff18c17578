"""A duty that scoring opens and meets in its own database reaches the overview, through Kafka.

The broker is the test's own: the topic is the real one, which no other test may write to.
"""

import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from faults.own_server import own_kafka
from integration.supervision.told_duties import listed
from integration.supervision.world import HANDLERS, Case, World
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Duty, Owner, Subject
from shared.law.in_force import load_law
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.publishing.publisher import Publisher
from shared.process.settings import DatabaseSettings, KafkaSettings
from shared.security.principals import process_actor
from shared.testing.feeds import feed_of
from shared.testing.messaging import running, until

LAW = load_law("standards-2012")
RULE = "share-score"
CAUSE = Cause(process_actor("scoring"), new_id())


@pytest.fixture
async def kafka_settings() -> AsyncIterator[KafkaSettings]:
    """A broker for this test alone."""
    with tempfile.TemporaryDirectory(prefix="casomb-overview-") as folder:
        async with own_kafka(Path(folder)) as (_, kafka):
            yield KafkaSettings(
                kafka_bootstrap_servers=kafka.bootstrap,
                kafka_partitions=3,
                kafka_replication_factor=1,
            )


@pytest.fixture
async def scoring(
    new_database: Callable[[str | None], str], kafka_settings: KafkaSettings, world: World
) -> AsyncIterator[Database]:
    """Scoring's database with its publisher, and supervision's consumer, both running."""
    told = DatabaseSettings(database_url=SecretStr(new_database("scoring")))
    database = Database(create_engine(told, "scoring"), SystemClock(), "scoring")
    consumer = Consumer(
        Database(world.database.engine, SystemClock(), "supervision"),
        kafka_settings,
        service="supervision",
        handlers=HANDLERS,
        feed=feed_of(database),
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(running(Publisher(told, kafka_settings, service="scoring")))
        await stack.enter_async_context(running(consumer))
        yield database
    await database.engine.dispose()


async def open_duty(database: Database, world: World, case: Case) -> Duty:
    async with database.transaction(CAUSE) as tx:
        return await ledger.open_duty(
            tx,
            LAW,
            rule=RULE,
            facts=[Fact("assessment", date(2026, 11, 18), "assessment 7")],
            subject=Subject("assessment", uuid4()),
            owner=Owner(agency=str(world.program_id), person=world.provider_id),
            concerns=case.id,
        )


async def until_listed(world: World, query: str, expected: list[UUID]) -> None:
    async def as_expected() -> bool:
        return await listed(world, world.officer, query) == expected

    await until(as_expected)


async def test_a_duty_of_another_service_reaches_the_overview(
    world: World, case: Case, scoring: Database
) -> None:
    duty = await open_duty(scoring, world, case)
    await until_listed(world, "", [duty.id])
    answer = await world.get("/v1/owed-duties", world.officer)

    async with scoring.transaction(CAUSE) as tx:
        await ledger.meet_duty(tx, RULE, duty.subject.id, at=date(2026, 11, 20))
    await until_listed(world, "state=met", [duty.id])

    (item,) = answer.json()["items"]
    assert (item["service"], item["rule"]) == ("scoring", RULE)
    assert (item["due_on"], item["person_id"]) == (duty.due_on.isoformat(), str(case.person_id))
    assert await listed(world, world.officer) == []
