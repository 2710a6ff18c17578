"""Records that no log of ours wrote: passed over if they fit nowhere, found out if they fit."""

from collections.abc import Callable

import pytest

from integration.messaging.test_consuming import Chain, in_partition, until_reason
from integration.messaging.test_repair import logged, outgoing, until_well
from shared.messaging.consuming import reader_reports, repair
from shared.messaging.kafka.producer import Outgoing
from shared.testing.messaging import running
from shared.testing.two_services import TwoServices

PUBLISHED = "SELECT published_through FROM published"
SET_ASIDE = "SELECT reason || ' ' || state FROM parked_messages"
LAST = "SELECT last_sequence FROM consumer_progress WHERE last_sequence > 0"

FOREIGN: dict[str, Callable[[Chain], Outgoing]] = {
    "contradicts the chain": lambda chain: chain.event(5_000_000, 0, 99),
    "of an epoch to come": lambda chain: chain.event(4, 3, 99, ce_logepoch=b"99"),
    "beyond the end of the log": lambda chain: chain.event(5_000_009, 5_000_000, 99),
    "after an event of another partition": lambda chain: chain.event(5_000_000, 4, 99),
    "a watermark beyond the end of the log": lambda chain: chain.watermark(5_000_000),
    "in the place of an event that was applied": lambda chain: chain.event(2, 1, 99),
}


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed that is behind the topic is so for good."""
    monkeypatch.setattr(repair, "BEHIND_LOOKS", 1)


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
async def test_a_foreign_record_is_set_aside_and_the_events_after_it_are_applied(
    services: TwoServices, foreign: Callable[[Chain], Outgoing]
) -> None:
    thing, other = in_partition(0), in_partition(1)
    async with running(services.publisher()), running(services.consumer()):
        await services.announce(thing, 1, 2, 3)
        await services.announce(other, 1, 2)
        await services.until_noted(thing, 1, 2, 3)
        await services.send(0, foreign(Chain(services, thing)))
        await services.announce(thing, 4, 5)
        await services.until_noted(thing, 1, 2, 3, 4, 5)
        await services.until_values(["foreign dead"], SET_ASIDE)

    assert await services.values(f"{LAST} AND partition = 0") == [7]


async def test_a_forged_record_is_set_aside_right_behind_the_event_in_whose_place_it_lies(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    async with running(services.publisher()):
        await services.announce(thing, 1, 2)
        await services.until_values([2], PUBLISHED)
        await services.send(0, Chain(services, thing).event(2, 1, 99))
        await services.announce(thing, 3)
        async with running(services.consumer()):
            await services.until_noted(thing, 1, 2, 3)

    assert await services.values(SET_ASIDE) == ["foreign dead"]


async def test_a_record_of_the_log_that_contradicts_what_was_applied_stops_the_partition(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    consumer = services.consumer()
    async with running(services.publisher()), running(consumer):
        await services.announce(in_partition(1), 1)
        await services.until_values([1], PUBLISHED)
        await services.send(0, Chain(services, thing).event(1, 0, 99))
        await services.until_noted(thing, 99)
        await services.announce(thing, 1)

        await until_reason(consumer, "the log has that record, and not what was applied here")


async def test_a_forged_record_that_fits_the_chain_is_found_when_the_true_one_comes(
    services: TwoServices,
) -> None:
    thing = in_partition(0)
    consumer = services.consumer()
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 1)
        await services.until_values([1], PUBLISHED)
        await services.send(0, Chain(services, thing).event(2, 1, 99))
        await services.until_noted(thing, 1, 99)
        await services.announce(thing, 2)

        await services.announce(thing, 3)
        await until_reason(consumer, "[0]: the log does not have what was applied at 1:2")


async def test_a_forged_record_far_ahead_is_found_when_its_place_is_looked_up(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_reports, "REPORT_SECONDS", 0.1)
    thing = in_partition(0)
    consumer = services.consumer()
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 1)
        await services.until_noted(thing, 1)
        await until_well(consumer)
        await services.send(0, Chain(services, thing).event(5_000_000, 1, 99))

        await services.announce(thing, 2)
        await until_reason(consumer, "the log does not have what was applied at 1:5000000")


async def test_what_is_applied_as_the_log_has_it_is_no_contradiction_however_often_it_comes(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_reports, "REPORT_SECONDS", 0.1)
    thing = in_partition(0)
    consumer = services.consumer()
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 1, 2)
        await services.until_noted(thing, 1, 2)
        first, second = await logged(services)
        await services.send(0, outgoing(services, first), outgoing(services, second))
        await services.announce(thing, 3)
        await services.until_noted(thing, 1, 2, 3)

        readers = "SELECT last_sequences[1] FROM event_readers"
        await services.until_values([3], readers)
        await until_well(consumer)
