"""The log: no holes, each subject in order, and only the leader of the term writes it."""

import asyncio
import random

import pytest

from shared.database import leases
from shared.database import unpooled_connections as connections
from shared.database.leases import LeaseLostError
from shared.database.unpooled_connections import INDEX_ORDER, Connection
from shared.identifiers import new_id
from shared.messaging.log import publication
from shared.messaging.log.log_partitions import LogPartitions
from shared.messaging.log.publication import LogRefusedError
from shared.messaging.publishing.sequencer import Sequencer
from shared.testing.two_services import PARTITIONS, TwoServices


async def connected(services: TwoServices) -> Connection:
    return await connections.connect(services.database_settings, "test", INDEX_ORDER)


async def leader(
    services: TwoServices, connection: Connection, ahead: Connection | None = None
) -> Sequencer:
    led = await publication.lead(connection, new_id(), PARTITIONS)
    assert led is not None
    return Sequencer(connection, *led, ahead)


async def let_the_lease_run_out(services: TwoServices) -> None:
    await services.values("UPDATE leases SET expires_at = clock_timestamp() RETURNING 1")


async def test_concurrent_writers_leave_no_hole_and_keep_each_subject_in_order(
    services: TwoServices,
) -> None:
    things = [new_id() for _ in range(5)]
    counts = dict.fromkeys(things, 0)
    locks = {thing: asyncio.Lock() for thing in things}

    async def write(_: int) -> None:
        thing = random.choice(things)  # noqa: S311 - any thing will do
        async with locks[thing]:
            counts[thing] += 1
            number = counts[thing]
            await services.announce(thing, number)

    connection, ahead = await connected(services), await connected(services)
    sequencer = await leader(services, connection, ahead)
    writing = asyncio.gather(*(write(number) for number in range(200)))
    while await sequencer.sequence(limit=7) or not writing.done():  # noqa: ASYNC110 - yields
        await asyncio.sleep(0)
    await writing
    await sequencer.stop()
    await connection.close()
    await ahead.close()

    assert await services.values("SELECT sequence FROM event_log ORDER BY sequence") == list(
        range(1, 201)
    )
    for thing in things:
        numbers = await services.values(
            "SELECT (convert_from(data, 'UTF8')::json->>'number')::int FROM event_log"
            " WHERE subject_id = $1 ORDER BY sequence",
            thing,
        )
        assert numbers == list(range(1, counts[thing] + 1))


async def test_each_event_names_the_one_before_it_in_its_partition(services: TwoServices) -> None:
    for number in range(1, 21):
        await services.announce(new_id(), number)
    connection = await connected(services)

    await (await leader(services, connection)).sequence()

    await connection.close()
    broken = await services.values(
        "SELECT sequence FROM (SELECT sequence, previous_sequence, lag(sequence, 1, 0::bigint)"
        " OVER (PARTITION BY partition ORDER BY sequence) AS before FROM event_log) AS chain"
        " WHERE previous_sequence <> before"
    )
    tails = await services.values("SELECT unnest(tails) FROM publication")
    lasts = await services.values(
        "SELECT coalesce(max(sequence), 0) FROM generate_series(0, $1 - 1) AS p"
        " LEFT JOIN event_log ON partition = p GROUP BY p ORDER BY p",
        PARTITIONS,
    )
    assert broken == []
    assert tails == lasts


async def test_only_one_leads_while_the_lease_lasts(services: TwoServices) -> None:
    first, second = await connected(services), await connected(services)
    await leader(services, first)

    refused = await publication.lead(second, new_id(), PARTITIONS)

    await first.close()
    await second.close()
    assert refused is None


async def test_a_leader_whose_lease_ran_out_writes_nothing(services: TwoServices) -> None:
    await services.announce(new_id(), 1)
    first, second = await connected(services), await connected(services)
    old = await leader(services, first)
    await let_the_lease_run_out(services)
    new = await leader(services, second)

    with pytest.raises(LeaseLostError):
        await old.sequence()

    assert [event.sequence for event in await new.sequence()] == [1]
    with pytest.raises(LeaseLostError):
        await publication.record_published(first, old.publication, 1)
    assert await services.values("SELECT published_through FROM published") == [0]
    await first.close()
    await second.close()


async def test_a_row_that_is_gone_breaks_the_statement_and_leaves_no_hole(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    await services.announce(new_id(), 1, 2, 3)
    connection = await connected(services)
    sequencer = await leader(services, connection)
    move = sequencer._move  # noqa: SLF001 - what comes between the look and the move

    async def move_too_late(ids: list[int], *others: object) -> None:
        await services.values("DELETE FROM outbox WHERE id = $1 RETURNING id", ids[1])
        await move(ids, *others)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(sequencer, "_move", move_too_late)
    with pytest.raises(LeaseLostError):
        await sequencer.sequence()

    await connection.close()
    assert await services.values("SELECT sequence FROM event_log") == []
    assert await services.values("SELECT sequenced_through FROM publication") == [0]
    assert len(await services.values("SELECT id FROM outbox")) == 2


async def test_a_leader_stops_by_its_own_clock_before_its_lease_ends(
    services: TwoServices,
) -> None:
    connection = await connected(services)

    lease = await leases.take(connection, "another", new_id(), seconds=0)

    assert lease is not None
    with pytest.raises(LeaseLostError):
        lease.require()
    with pytest.raises(LeaseLostError):
        await lease.renew(connection)
    await connection.close()


async def test_a_lease_given_back_is_free_at_once(services: TwoServices) -> None:
    connection = await connected(services)
    lease = await leases.take(connection, "another", new_id())
    assert lease is not None
    await lease.renew(connection)

    await lease.release(connection)

    successor = await leases.take(connection, "another", new_id())
    assert successor is not None
    assert successor.term == lease.term + 1
    await connection.close()


@pytest.mark.parametrize("column", ["system_identifier", "timeline"])
async def test_a_log_from_another_server_or_timeline_is_refused(
    services: TwoServices, column: str
) -> None:
    connection = await connected(services)
    await leader(services, connection)
    await let_the_lease_run_out(services)
    await services.values(f"UPDATE publication SET {column} = 7 RETURNING 1")  # noqa: S608 - ours

    with pytest.raises(LogRefusedError, match="new epoch"):
        await publication.lead(connection, new_id(), PARTITIONS)

    await connection.close()


async def test_partitions_of_the_log_are_made_ahead(services: TwoServices) -> None:
    connection = await connected(services)
    await connection.execute(
        "CREATE SCHEMA small; SET search_path = small;"
        " CREATE TABLE event_log (LIKE public.event_log INCLUDING ALL)"
        " PARTITION BY RANGE (sequence)"
    )
    partitions = LogPartitions(connection, size=10)

    await partitions.prepare(7)
    await partitions.prepare(12)
    await LogPartitions(connection, size=10).prepare(12)

    made = await connection.fetch(
        "SELECT inhrelid::regclass::text AS name FROM pg_inherits"
        " WHERE inhparent = 'event_log'::regclass ORDER BY 1"
    )
    await connection.execute("DROP SCHEMA small CASCADE")
    await connection.close()
    assert [row["name"][-2:] for row in made] == ["00", "01", "02"]
