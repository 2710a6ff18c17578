"""Set aside: one subject waits in order, all others go on, and it goes on when it can."""

import asyncio
from uuid import UUID

import pytest

from contract.events.emitted_events import known_in_tests
from shared.database.transaction import Transaction
from shared.errors import CasombError, NotYetKnownError, RuleBrokenError, UnavailableError
from shared.events.event import Event
from shared.identifiers import new_id
from shared.messaging.consuming.handlers import EventHandlers, Received
from shared.testing.messaging import running
from shared.testing.two_services import ThingCounted, TwoServices, note

STATES = "SELECT state || ' ' || reason FROM parked_messages ORDER BY sequence"


class Gate:
    """A handler that refuses one number of one thing until it is opened."""

    def __init__(self, thing: UUID, number: int, refusal: Exception) -> None:
        self._refuses = (thing, number)
        self._refusal = refusal
        self.opened = asyncio.Event()

    async def __call__(self, tx: Transaction, event: Received[ThingCounted]) -> None:
        """Note the number, unless it is the one to refuse."""
        await note(tx, event)
        is_refused = (event.data.thing_id, event.data.number) == self._refuses
        if is_refused and not self.opened.is_set():
            raise self._refusal


@pytest.mark.parametrize("kind", [NotYetKnownError, UnavailableError])
async def test_what_waits_holds_back_its_own_subject_in_order_until_it_can_go_on(
    services: TwoServices, kind: type[CasombError]
) -> None:
    thing, other = new_id(), new_id()
    gate = Gate(thing, 2, kind("not here yet", code="not-here"))

    async with running(services.publisher()), running(services.consumer(services.handlers(gate))):
        await services.announce(thing, 1, 2, 3)
        await services.announce(other, 1)
        await services.announce(thing, 4)
        await services.until_noted(other, 1)
        await services.until_values([3], "SELECT count(*) FROM parked_messages")
        assert await services.noted(thing) == [1]

        gate.opened.set()
        await services.until_noted(thing, 1, 2, 3, 4)
        await services.announce(thing, 5)
        await services.until_noted(thing, 1, 2, 3, 4, 5)

    states = await services.values("SELECT DISTINCT state FROM parked_messages")
    assert states == ["resolved"]


async def test_a_waiting_head_is_tried_again_and_again(services: TwoServices) -> None:
    thing = new_id()
    gate = Gate(thing, 1, NotYetKnownError("not here yet", code="not-here"))

    async with running(services.publisher()), running(services.consumer(services.handlers(gate))):
        await services.announce(thing, 1)
        await services.until_values([True], "SELECT attempts >= 3 FROM parked_messages")

    assert await services.values(STATES) == ["waiting not-yet-known"]


@pytest.mark.parametrize(
    ("refusal", "reason", "error"),
    [
        (RuleBrokenError("not so", code="not-so"), "refused", "not-so: not so"),
        (KeyError("a name nobody may read"), "failed", "KeyError in __call__"),
    ],
)
async def test_a_message_that_breaks_a_rule_is_dead_and_blocks_only_its_subject(
    services: TwoServices, refusal: Exception, reason: str, error: str
) -> None:
    thing, other = new_id(), new_id()
    gate = Gate(thing, 1, refusal)

    async with running(services.publisher()), running(services.consumer(services.handlers(gate))):
        await services.announce(thing, 1, 2)
        await services.announce(other, 1)
        await services.until_noted(other, 1)
        await services.until_values([f"dead {reason}", "waiting behind"], STATES)

    (said, _) = await services.values("SELECT error FROM parked_messages ORDER BY sequence")
    assert said.startswith(error)
    assert "nobody may read" not in said
    assert await services.noted(thing) == []


async def test_a_write_that_the_database_refuses_is_dead_and_named_by_its_constraint(
    services: TwoServices,
) -> None:
    async def note_twice(tx: Transaction, event: Received[ThingCounted]) -> None:
        await note(tx, event)
        await note(tx, event)

    consumer = services.consumer(services.handlers(note_twice))
    async with running(services.publisher()), running(consumer):
        await services.announce(new_id(), 1)
        await services.until_values(["dead database-refused"], STATES)

    assert await services.values("SELECT error FROM parked_messages") == [
        "SQLSTATE 23505 notes_event_id_key"
    ]


async def test_a_newer_schema_of_a_known_type_waits(services: TwoServices) -> None:
    @known_in_tests
    class Newer(ThingCounted):
        schema_version = 2

    thing = new_id()
    async with running(services.publisher()), running(services.consumer()):
        await publish(services, Newer(thing_id=thing, number=1))
        await services.until_values(["waiting newer-schema"], STATES)

    assert await services.noted(thing) == []


async def test_data_of_the_wrong_shape_is_dead_and_names_fields_only(
    services: TwoServices,
) -> None:
    @known_in_tests
    class Stranger(Event):
        noun_verb = "thing.counted"
        subject_kind = "thing"

        thing_id: UUID
        number: str

    async with running(services.publisher()), running(services.consumer()):
        await publish(services, Stranger(thing_id=new_id(), number="a secret"))
        await services.until_values(["dead bad-shape"], STATES)

    assert await services.values("SELECT error FROM parked_messages") == ["number int_parsing"]


async def test_two_consumers_retry_one_queue_in_order(services: TwoServices) -> None:
    thing = new_id()
    gate = Gate(thing, 1, NotYetKnownError("not here yet", code="not-here"))
    handlers: EventHandlers = services.handlers(gate)

    async with (
        running(services.publisher()),
        running(services.consumer(handlers)),
        running(services.consumer(handlers)),
    ):
        await services.announce(thing, *range(1, 11))
        await services.until_values([10], "SELECT count(*) FROM parked_messages")
        gate.opened.set()
        await services.until_noted(thing, *range(1, 11))


async def publish(services: TwoServices, event: Event) -> None:
    """Commit one event of any shape."""
    async with services.database.transaction(services.cause()) as tx:
        await tx.lock_subject(event.subject_id)
        tx.publish(event)
