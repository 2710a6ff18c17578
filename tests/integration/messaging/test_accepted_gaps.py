"""A gap is accepted once, only forward, and never beyond what the log has of the partition.

A new epoch is adopted once too.
"""

import pytest

from integration.messaging.damage import remake_log
from integration.messaging.test_consuming import in_partition
from shared.database.database import Database
from shared.errors import ConflictError, InvalidInputError
from shared.messaging.consuming import overrides
from shared.messaging.log import retention
from shared.messaging.log.positions import Position
from shared.messaging.wire.partition import Partition
from shared.testing.messaging import running
from shared.testing.two_services import TwoServices

PUBLISHED = "SELECT published_through FROM published"
LAST = "SELECT last_sequence FROM consumer_progress"
STAND = "INSERT INTO consumer_progress VALUES ($1, $2, 0, 1, 40, $3) RETURNING 1"
ACTS = "SELECT (action, subject_kind) FROM audit_entries"
PARK = """
    INSERT INTO parked_messages (id, consumer, topic, partition, record_offset, epoch, sequence,
        reason, record, error, state, attempts, parked_at, next_attempt_at)
    SELECT gen_random_uuid(), $1, $2, 0, parked.at, parked.epoch, parked.sequence,
        parked.reason, '', '', 'dead', 1, now(), now()
    FROM (VALUES (1, 1, 3, 'rule-broken'), (2, 1, 12, 'rule-broken'), (3, NULL, NULL, 'foreign'))
        AS parked (at, epoch, sequence, reason)
    RETURNING 1
"""
SMALL = 10


@pytest.fixture
async def behind(services: TwoServices) -> TwoServices:
    """A log whose partition 0 has 1, 3 and 12 to 14; a reader there that has had 1."""
    await remake_log(services, SMALL, partitions=2)
    first, other = in_partition(0), in_partition(1)
    await services.announce(first, 1)
    await services.announce(other, 1)
    await services.announce(first, 2)
    await services.announce(other, *range(2, 10))
    await services.announce(first, 3, 4, 5)
    async with running(services.publisher()):
        await services.until_values([14], PUBLISHED)
    await services.values(STAND, f"{services.service}-reader", services.topic, 1)
    return services


def reading(services: TwoServices) -> Database:
    """Return the database as the reader has it."""
    return Database(services.database.engine, services.database.clock, f"{services.service}-reader")


async def accept(services: TwoServices, through: int) -> None:
    """Accept a gap, as the command does."""
    partition, feed = Partition(services.topic, 0), services.feed()
    async with reading(services).transaction(services.cause()) as tx:
        await overrides.require_logged(feed, partition, Position(1, through))
        await overrides.accept_gap(tx, partition, through)
    await feed.close()


async def test_a_gap_is_accepted_through_an_event_of_the_partition_and_only_once(
    behind: TwoServices,
) -> None:
    await accept(behind, 12)

    with pytest.raises(ConflictError, match="is already at 12"):
        await accept(behind, 12)
    assert await behind.values(LAST) == [12]
    assert await behind.values(ACTS) == [("position.accept-gap", "position")]


async def test_a_gap_is_accepted_through_the_last_event_of_the_partition(
    behind: TwoServices,
) -> None:
    await accept(behind, 14)

    assert await behind.values(LAST) == [14]


@pytest.mark.parametrize(
    ("through", "why"),
    [
        (5_000_000, "the log ends at 1:14, before 1:5000000"),
        (4, "has no event at 4: the next record in its log follows 3"),
    ],
)
async def test_no_gap_is_accepted_to_where_the_partition_has_no_event(
    behind: TwoServices, through: int, why: str
) -> None:
    with pytest.raises(InvalidInputError, match=why):
        await accept(behind, through)

    assert await behind.values(LAST) == [1]


async def test_a_gap_is_accepted_through_what_the_log_no_longer_keeps(
    behind: TwoServices,
) -> None:
    await behind.values("UPDATE event_log SET occurred_at = '2020-01-01' RETURNING 1")
    async with behind.database.transaction(behind.cause()) as tx:
        assert await retention.prune(tx, tx.now, SMALL) == ["event_log_00000000"]

    await accept(behind, 3)

    assert await behind.values(LAST) == [3]


async def adopt(services: TwoServices, epoch: int, last: int) -> None:
    """Adopt an epoch, as the command does."""
    async with reading(services).transaction(services.cause()) as tx:
        await overrides.adopt_epoch(tx, Partition(services.topic, 0), epoch, last)


async def test_an_epoch_is_adopted_once_and_what_was_parked_beyond_it_is_discarded(
    behind: TwoServices,
) -> None:
    await behind.values(PARK, f"{behind.service}-reader", behind.topic)

    await adopt(behind, 2, last=3)

    with pytest.raises(ConflictError, match="is already in epoch 2"):
        await adopt(behind, 2, last=3)
    assert await behind.values("SELECT (epoch, last_sequence) FROM consumer_progress") == [(2, 3)]
    states = "SELECT state FROM parked_messages ORDER BY record_offset"
    assert await behind.values(states) == ["dead", "discarded", "discarded"]
    assert await behind.values(ACTS) == [("position.adopt-epoch", "position")]
