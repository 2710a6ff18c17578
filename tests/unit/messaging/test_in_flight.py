"""What Kafka acknowledged counts up to the first that is missing; no wait is endless."""

import asyncio

import pytest
from aiokafka.errors import KafkaConnectionError

from shared.messaging.kafka.producer import Sent
from shared.messaging.kafka.waiting import KafkaUnavailableError
from shared.messaging.publishing.in_flight import Handed, InFlight
from shared.process.bell import Bell

PATIENCE = 120.0


def handed_over(count: int) -> "list[Sent]":
    """Records handed over one by one, the first at sequence 1."""
    new = asyncio.get_running_loop().create_future
    return [Sent(new(), 0, place, place) for place in range(1, count + 1)]


async def test_what_is_acknowledged_out_of_order_waits_for_what_was_before() -> None:
    in_flight = InFlight(4)
    (first,), (second,) = handed_over(1), handed_over(1)
    in_flight.add(Handed(7, 3, {0: 7}), [first])
    in_flight.add(Handed(9, 2, {1: 9}), [second])

    second.acknowledgment.set_result(None)
    await asyncio.sleep(0)
    assert in_flight.take_acknowledged(PATIENCE) == []
    assert in_flight.through == 4

    first.acknowledgment.set_result(None)
    await asyncio.sleep(0)
    assert [handed.through for handed in in_flight.take_acknowledged(PATIENCE)] == [7, 9]
    assert in_flight.through == 9


async def test_every_partition_of_what_was_handed_over_must_be_acknowledged() -> None:
    in_flight = InFlight(0)
    one, other = handed_over(2)
    in_flight.add(Handed(2, 2, {0: 1, 1: 2}), [one, other])

    one.acknowledgment.set_result(None)
    await asyncio.sleep(0)

    assert in_flight.take_acknowledged(PATIENCE) == []


async def test_a_send_that_failed_is_told() -> None:
    in_flight = InFlight(0)
    (only,) = handed_over(1)
    in_flight.add(Handed(1, 1, {0: 1}), [only])

    only.acknowledgment.set_exception(KafkaConnectionError("gone"))
    await in_flight.news.wait(PATIENCE)

    with pytest.raises(KafkaUnavailableError, match="gone"):
        in_flight.take_acknowledged(PATIENCE)


async def test_a_broker_that_says_nothing_for_too_long_is_away() -> None:
    in_flight = InFlight(0)
    in_flight.add(Handed(1, 1, {0: 1}), handed_over(1))

    with pytest.raises(KafkaUnavailableError, match="no answer"):
        in_flight.take_acknowledged(patience_seconds=-1.0)


async def test_a_bell_rung_while_nobody_waits_ends_the_next_wait_and_only_that() -> None:
    bell = Bell()
    began = asyncio.get_running_loop().time()

    bell.ring()
    await bell.wait(PATIENCE)
    await bell.wait(0.01)

    assert 0.009 < asyncio.get_running_loop().time() - began < PATIENCE


async def test_a_bell_ends_a_wait_that_has_begun() -> None:
    bell = Bell()

    asyncio.get_running_loop().call_soon(bell.ring)

    async with asyncio.timeout(PATIENCE / 2):
        await bell.wait(PATIENCE)
