"""The log is kept for ever, or as long as anybody known still needs it."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.messaging.damage import remake_log
from integration.messaging.feed_reader import FeedReader
from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.identifiers import new_id
from shared.messaging.log import readers, retention
from shared.messaging.log.readers import needed_after
from shared.testing.messaging import running
from shared.testing.two_services import PARTITIONS, TwoServices

PUBLISHED = "SELECT published_through FROM published"
ACTS = "SELECT (action, subject_kind) FROM audit_entries"
SMALL = 10
LATER = datetime(2100, 1, 1, tzinfo=UTC)
PARTITION_NAMES = (
    "SELECT child.relname FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid"
    " WHERE inhparent = 'event_log'::regclass ORDER BY 1"
)


@pytest.fixture
async def log(services: TwoServices) -> TwoServices:
    """A log of 25 events in three partitions of ten, all of them published."""
    await remake_log(services, SMALL, partitions=3)
    for _ in range(5):
        await services.announce(new_id(), 1, 2, 3, 4, 5)
    async with running(services.publisher()):
        await services.until_values([25], PUBLISHED)
    return services


async def pruned(services: TwoServices, before: datetime = LATER) -> list[str]:
    """Prune, as an operator would."""
    async with services.database.transaction(services.cause()) as tx:
        return await retention.prune(tx, before, SMALL)


async def tails(services: TwoServices) -> list[int]:
    (found,) = await services.values("SELECT tails FROM publication")
    return list(found)


async def test_what_nobody_needs_is_dropped_whole_partitions_at_a_time(log: TwoServices) -> None:
    before = await log.values(PARTITION_NAMES)

    assert await pruned(log) == ["event_log_00000000", "event_log_00000001"]

    assert await log.values(PARTITION_NAMES) == before[2:]
    assert await log.values("SELECT min(sequence) FROM event_log") == [20]
    assert await log.values(ACTS) == [("log.prune", "log")] * 2


async def test_what_is_younger_than_asked_for_is_kept(log: TwoServices) -> None:
    assert await pruned(log, datetime.now(UTC) - timedelta(days=1)) == []


async def test_what_kafka_has_not_acknowledged_is_kept(log: TwoServices) -> None:
    await log.values("UPDATE published SET published_through = 15 RETURNING 1")

    assert await pruned(log) == ["event_log_00000000"]


async def test_what_a_known_reader_still_needs_is_kept(log: TwoServices) -> None:
    feed = FeedReader(log)
    reached = [min(tail, 12) for tail in await tails(log)]

    assert (await feed.report("a-partner", 1, reached)).status_code == 204

    assert await pruned(log) == ["event_log_00000000"]
    async with log.database.transaction(log.cause()) as tx:
        await readers.forget(tx, "a-partner")
    assert await pruned(log) == ["event_log_00000001"]


async def test_what_is_no_longer_kept_is_gone_and_said_so(log: TwoServices) -> None:
    await pruned(log)

    answer = await FeedReader(log).ask(after="1:5")

    assert answer.status_code == 410
    assert answer.json()["begins_after"] == "1:19"
    assert (await FeedReader(log).page(after="1:19"))["items"][0]["sequence"] == 20


async def test_a_reader_that_is_ahead_of_the_log_is_told(log: TwoServices) -> None:
    answer = await FeedReader(log).report("a-partner", 1, [99] * PARTITIONS)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":reader-ahead-of-log")


async def test_a_reader_of_an_epoch_that_is_still_to_come_is_told(log: TwoServices) -> None:
    answer = await FeedReader(log).report("a-partner", 2, [0] * PARTITIONS)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":reader-ahead-of-log")


async def test_a_name_is_its_first_reporters(log: TwoServices) -> None:
    feed = FeedReader(log)
    await feed.report("a-partner", 1, [0] * PARTITIONS)

    taken = await feed.report("a-partner", 1, [0] * PARTITIONS, by="another")

    assert taken.status_code == 403


async def test_one_last_sequence_for_each_partition_is_asked_for(log: TwoServices) -> None:
    answer = await FeedReader(log).report("a-partner", 1, [0])

    assert answer.status_code == 422


async def test_who_is_not_known_cannot_be_forgotten(services: TwoServices) -> None:
    async def forget(tx: Transaction) -> None:
        await readers.forget(tx, "nobody")

    with pytest.raises(NotFoundError):
        async with services.database.transaction(services.cause()) as tx:
            await forget(tx)


@pytest.mark.parametrize(
    ("reached", "at", "needed"),
    [
        ([0, 0, 0], [0, 0, 0], 9),
        ([5, 3, 9], [5, 3, 9], 9),
        ([5, 2, 9], [5, 3, 9], 2),
        ([4, 3, 8], [5, 3, 9], 4),
    ],
)
def test_a_quiet_partition_holds_back_nothing(
    reached: list[int], at: list[int], needed: int
) -> None:
    assert needed_after(reached, at, 9) == needed
