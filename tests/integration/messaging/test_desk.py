"""The desk beside a running consumer: whatever is decided, a subject's order holds."""

import asyncio
from uuid import UUID

import pytest

from shared.database.transaction import Transaction
from shared.errors import ConflictError, RuleBrokenError
from shared.identifiers import new_id
from shared.messaging.consuming.handlers import Received
from shared.messaging.kafka.producer import Outgoing
from shared.messaging.parked import desk, parked_causes
from shared.messaging.parked.parked_causes import ParkedCause
from shared.testing.messaging import running
from shared.testing.two_services import ThingCounted, TwoServices, note

STATES = "SELECT state || ' ' || reason FROM parked_messages ORDER BY sequence"
COUNT = "SELECT count(*) FROM parked_messages"


class Poisoned:
    """A handler that refuses one number of every thing until it is mended."""

    def __init__(self, number: int) -> None:
        self._refused = number
        self.mended = asyncio.Event()

    async def __call__(self, tx: Transaction, event: Received[ThingCounted]) -> None:
        """Note the number, unless it is the poisoned one."""
        if event.data.number == self._refused and not self.mended.is_set():
            raise RuleBrokenError(f"no {event.data.thing_id} here", code="not-here")
        await note(tx, event)


@pytest.fixture
def poisoned() -> Poisoned:
    return Poisoned(2)


async def parked(services: TwoServices, thing: UUID) -> list[UUID]:
    """The messages of a thing in their order."""
    return await services.values(
        "SELECT id FROM parked_messages WHERE subject_id = $1 ORDER BY sequence", thing
    )


async def causes(services: TwoServices) -> list[ParkedCause]:
    """The causes as the desk lists them."""
    async with services.database.transaction(services.cause()) as tx:
        return await parked_causes.listed(tx, limit=10)


async def test_what_stands_behind_a_skipped_message_goes_on_in_order(
    services: TwoServices, poisoned: Poisoned
) -> None:
    thing = new_id()
    consumer = services.consumer(services.handlers(poisoned))
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 1, 2, 3, 4)
        await services.until_values([3], COUNT)
        head, *_ = await parked(services, thing)

        async with services.database.transaction(services.cause()) as tx:
            await desk.skip(tx, head, None)
        await services.announce(thing, 5)
        await services.until_noted(thing, 1, 3, 4, 5)

    assert (await services.values(STATES))[0] == "skipped refused"


async def test_what_stands_behind_a_discarded_message_goes_on_until_the_next_that_fails(
    services: TwoServices, poisoned: Poisoned
) -> None:
    thing = new_id()
    consumer = services.consumer(services.handlers(poisoned))
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 2, 3, 2, 4)
        await services.until_values([4], COUNT)
        head, *_ = await parked(services, thing)

        async with services.database.transaction(services.cause()) as tx:
            await desk.discard(tx, head, "a test event")
        await services.until_noted(thing, 3)
        expected = ["discarded refused", "resolved behind", "dead refused", "waiting behind"]
        await services.until_values([*expected], STATES)


async def test_a_retried_head_and_all_behind_it_are_applied_in_order(
    services: TwoServices, poisoned: Poisoned
) -> None:
    thing = new_id()
    consumer = services.consumer(services.handlers(poisoned))
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 1, 2, 3)
        await services.until_values([2], COUNT)
        head, *_ = await parked(services, thing)
        poisoned.mended.set()

        async with services.database.transaction(services.cause()) as tx:
            await desk.retry(tx, head)
        await services.until_noted(thing, 1, 2, 3)


async def test_a_retried_message_that_fails_again_is_dead_again(
    services: TwoServices, poisoned: Poisoned
) -> None:
    thing = new_id()
    consumer = services.consumer(services.handlers(poisoned))
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 2)
        await services.until_values(["dead refused"], STATES)
        (head,) = await parked(services, thing)

        async with services.database.transaction(services.cause()) as tx:
            await desk.retry(tx, head)
        await services.until_values([2], "SELECT attempts FROM parked_messages")

    assert await services.values(STATES) == ["dead refused"]


@pytest.mark.parametrize("act", ["retry", "skip", "discard"])
async def test_a_message_behind_another_is_refused_and_names_the_head(
    services: TwoServices, poisoned: Poisoned, act: str
) -> None:
    thing = new_id()
    consumer = services.consumer(services.handlers(poisoned))
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 2, 3)
        await services.until_values([2], COUNT)
    head, behind = await parked(services, thing)
    words = [] if act == "retry" else ["why"]

    with pytest.raises(ConflictError, match=str(head)) as refused:
        async with services.database.transaction(services.cause()) as tx:
            await getattr(desk, act)(tx, behind, *words)

    assert refused.value.code == "parked-message-not-the-head"
    assert await services.values(STATES) == ["dead refused", "waiting behind"]


async def test_a_cause_is_retried_in_every_subject_at_once(
    services: TwoServices, poisoned: Poisoned
) -> None:
    things = [new_id() for _ in range(5)]
    consumer = services.consumer(services.handlers(poisoned))
    async with running(services.publisher()), running(consumer):
        await asyncio.gather(*(services.announce(thing, 1, 2, 3) for thing in things))
        await services.until_values([10], COUNT)
        refused, behind = sorted(await causes(services), key=lambda cause: cause.reason)[::-1]
        poisoned.mended.set()

        async with services.database.transaction(services.cause()) as tx:
            retried = await desk.retry_cause(tx, refused.id)
        for thing in things:
            await services.until_noted(thing, 1, 2, 3)

    assert (refused.reason, refused.messages, refused.heads, refused.dead) == ("refused", 5, 5, 5)
    assert refused.error == "not-here: no <id> here"
    assert (behind.reason, behind.messages, behind.heads) == ("behind", 5, 0)
    assert retried == 5


async def test_a_kept_record_that_can_no_longer_be_read_is_dead_and_can_be_skipped(
    services: TwoServices, poisoned: Poisoned
) -> None:
    thing = new_id()
    consumer = services.consumer(services.handlers(poisoned))
    async with running(services.publisher()), running(consumer):
        await services.announce(thing, 2, 3)
        await services.until_values([2], COUNT)
        head, _ = await parked(services, thing)
        await services.values(
            """UPDATE parked_messages SET record = '{"headers": [], "value": ""}' WHERE id = $1""",
            head,
        )

        async with services.database.transaction(services.cause()) as tx:
            await desk.retry(tx, head)
        await services.until_values(["dead malformed", "waiting behind"], STATES)
        async with services.database.transaction(services.cause()) as tx:
            await desk.skip(tx, head, None)
        await services.until_noted(thing, 3)


async def test_bytes_that_are_no_event_block_nobody_and_stay_dead_when_read_again(
    services: TwoServices,
) -> None:
    thing = new_id()
    async with running(services.publisher()), running(services.consumer()):
        await services.send(0, Outgoing(b"k", b"\xff\x00", [("ce_type", b"nonsense")]))
        await services.announce(thing, 1)
        await services.until_noted(thing, 1)
        await services.until_values(["dead malformed"], STATES)
        (message_id,) = await services.values("SELECT id FROM parked_messages")

        async with services.database.transaction(services.cause()) as tx:
            message = await desk.retry(tx, message_id)

    assert (message.state, message.attempts) == ("dead", 2)
    assert message.error == "header ce_specversion"


async def test_many_decisions_at_once_leave_every_subject_in_order(
    services: TwoServices, poisoned: Poisoned
) -> None:
    things = [new_id() for _ in range(4)]
    handlers = services.handlers(poisoned)
    consumers = [services.consumer(handlers), services.consumer(handlers)]
    async with running(services.publisher()), running(consumers[0]), running(consumers[1]):
        await asyncio.gather(*(services.announce(thing, 1, 2) for thing in things))
        await services.until_values([4], COUNT)

        operators = (retry_everything(services) for _ in range(10))
        news = (services.announce(thing, 3, 4, 5) for thing in things)
        await asyncio.gather(*operators, *news)
        await services.until_values([16], COUNT)
        poisoned.mended.set()
        await retry_everything(services)

        for thing in things:
            await services.until_noted(thing, 1, 2, 3, 4, 5)


async def retry_everything(services: TwoServices) -> None:
    """Retry every cause that there is."""
    for cause in await causes(services):
        async with services.database.transaction(services.cause()) as tx:
            await desk.retry_cause(tx, cause.id)
