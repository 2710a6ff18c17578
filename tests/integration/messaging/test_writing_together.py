"""What handlers leave to be written together is written in order, or fails by itself."""

import pytest
from sqlalchemy import text

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.messaging.consuming.handlers import Received
from shared.testing.messaging import running
from shared.testing.two_services import ThingCounted, TwoServices

KEEP = text("INSERT INTO notes (event_id, thing_id, number) VALUES (:event, :thing, :number)")
COUNT = text("SELECT count(*) FROM notes WHERE thing_id = :thing")
TAKEN = new_id()
REFUSED = 2


async def note_soon(tx: Transaction, event: Received[ThingCounted]) -> None:
    """Note a number with others; one of them under an id that is taken."""
    name = TAKEN if event.data.number == REFUSED else event.event_id
    tx.write_soon(KEEP, {"event": name, "thing": event.data.thing_id, "number": event.data.number})


async def test_effects_written_together_are_those_of_each_event_in_order(
    services: TwoServices,
) -> None:
    thing = new_id()
    await services.announce(thing, 1, 3, 4, 5)

    async with (
        running(services.publisher()),
        running(services.consumer(services.handlers(note_soon))),
    ):
        await services.until_noted(thing, 1, 3, 4, 5)


async def test_one_that_is_refused_is_set_aside_alone(services: TwoServices) -> None:
    before, refused, after = new_id(), new_id(), new_id()
    await services.values(
        "INSERT INTO notes (event_id, thing_id, number) VALUES ($1, $1, 0) RETURNING id", TAKEN
    )
    await services.announce(before, 1)
    await services.announce(refused, REFUSED)
    await services.announce(after, 3)

    async with (
        running(services.publisher()),
        running(services.consumer(services.handlers(note_soon))),
    ):
        await services.until_noted(before, 1)
        await services.until_noted(after, 3)
        await services.until_values(
            ["database-refused"],
            "SELECT reason FROM parked_messages WHERE subject_id = $1",
            refused,
        )

    assert await services.noted(refused) == []


async def test_what_is_read_later_sees_what_was_to_be_written_soon(services: TwoServices) -> None:
    thing = new_id()

    async with services.database.transaction(services.cause()) as tx:
        tx.write_soon(KEEP, {"event": new_id(), "thing": thing, "number": 1})
        tx.write_soon(KEEP, {"event": new_id(), "thing": thing, "number": 2})
        found = (await tx.execute(COUNT, {"thing": thing})).scalar_one()

    assert found == 2
    assert await services.noted(thing) == [1, 2]


async def test_a_savepoint_takes_its_writes_with_it(services: TwoServices) -> None:
    thing = new_id()

    async with services.database.transaction(services.cause()) as tx:
        tx.write_soon(KEEP, {"event": new_id(), "thing": thing, "number": 1})
        with pytest.raises(LookupError):
            async with tx.savepoint():
                tx.write_soon(KEEP, {"event": new_id(), "thing": thing, "number": 2})
                raise LookupError
        tx.write_soon(KEEP, {"event": new_id(), "thing": thing, "number": 3})

    assert await services.noted(thing) == [1, 3]
