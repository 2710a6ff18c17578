"""A team is formed while a batch of changes is learned: neither waits for what the other holds."""

import asyncio
from datetime import UTC, date, datetime
from uuid import uuid4

from integration.supervision.board import suspended, told
from integration.supervision.world import HANDLERS, Case, World, granted, standing
from shared.database.transaction import Cause
from shared.events.encoding import encoded
from shared.events.event import Event
from shared.identifiers import new_id
from shared.messaging.consuming.batch_transactions import BatchTransactions
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.envelope import KafkaRecord, headers_of, source_of, topic_of
from shared.messaging.wire.partition import Partition
from shared.security.principals import process_actor
from supervision.storage import cases

TODAY, NEXT_MONTH = date(2026, 11, 23), date(2026, 12, 10)
BOARD = "certification"
TOPIC = topic_of(BOARD)


def record(sequence: int, event: Event) -> KafkaRecord:
    """An event of certification's as it lies on the topic."""
    logged = LoggedEvent(
        sequence=sequence,
        event_id=new_id(),
        type=event.type_for(BOARD),
        schema_version=event.schema_version,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        occurred_at=datetime(2026, 11, 20, 18, tzinfo=UTC),
        correlation_id=new_id(),
        causation_id=None,
        data=encoded(event),
        traceparent=None,
        partition=0,
        previous_sequence=sequence - 1,
    )
    headers = headers_of(logged, source_of(BOARD), epoch=1)
    return KafkaRecord(TOPIC, 0, sequence - 1, tuple(headers), logged.data)


async def until_waiting(world: World, count: int) -> None:
    """Return when so many transactions of this database wait for another's lock."""
    waiting = (
        "SELECT pid FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(120):
        while len(await world.rows(waiting)) < count:
            pass


async def test_a_team_is_formed_while_changes_of_its_old_and_new_members_are_learned(
    world: World, case: Case
) -> None:
    before, after = granted("provider", world.provider_id), granted("provider", uuid4())
    for event in (before, after, granted("program", world.program_id), standing(world.examiner_id)):
        await world.hear(event)
    await world.form_team(case)
    world.provider_id = after.holder_id
    batches = BatchTransactions(world.database, f"reader-{uuid4().hex[:8]}", HANDLERS)
    partition = Partition(TOPIC, 0)
    stands = await batches.position(partition)
    records = [record(1, suspended(before, NEXT_MONTH)), record(2, suspended(after, NEXT_MONTH))]

    async with world.database.transaction(Cause(process_actor("supervision"), new_id())) as tx:
        await cases.all_locked(tx, [case.id])
        learning = asyncio.create_task(batches.commit(partition, stands, records))
        await until_waiting(world, 1)
        forming = asyncio.create_task(world.form_team(case, TODAY.isoformat()))
        await until_waiting(world, 2)
    await learning

    assert (await forming).status_code == 201
    assert await told(world, case) == [("suspended", "team-changed"), ("suspended", "open")]
