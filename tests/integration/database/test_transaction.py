"""A transaction on the real PostgreSQL: what it announces leaves with its commit or not."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import Column, MetaData, Table, Text, Uuid, func, select, text

from contract.events.emitted_events import known_in_tests
from shared.clock import SystemClock
from shared.database.audit import attach_audit
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.naming import service_metadata
from shared.database.outbox import attach_outbox
from shared.database.transaction import Cause, SubjectNotLockedError
from shared.errors import InvalidInputError, UnavailableError
from shared.events.encoding import OffSchemaError
from shared.events.event import Event
from shared.identifiers import new_id
from shared.process.settings import DatabaseSettings
from shared.security.principals import process_actor

METADATA = service_metadata()
OUTBOX = attach_outbox(METADATA)
AUDIT = attach_audit(METADATA)
THINGS = Table("things", METADATA, Column("id", Uuid, primary_key=True), Column("word", Text))


@known_in_tests
class ThingHappened(Event):
    """An event of this test's own."""

    service: ClassVar[str] = "test"
    noun_verb: ClassVar[str] = "thing.happened"
    subject_kind: ClassVar[str] = "thing"

    thing_id: UUID
    kind: str = ""


@pytest.fixture(scope="module")
async def database(new_database: Callable[[str | None], str]) -> AsyncIterator[Database]:
    settings = DatabaseSettings(database_url=SecretStr(new_database(None)))
    engine = create_engine(settings, "test")
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    yield Database(engine, SystemClock(), "test")
    await engine.dispose()


def _cause() -> Cause:
    return Cause(actor=process_actor("test"), correlation_id=new_id())


async def _announced(database: Database, subject: UUID) -> list[UUID]:
    async with database.engine.connect() as connection:
        statement = select(OUTBOX.c.event_id).where(OUTBOX.c.subject_id == subject)
        return list((await connection.execute(statement.order_by(OUTBOX.c.id))).scalars())


async def _count(database: Database, table: Table, **values: object) -> int:
    async with database.engine.connect() as connection:
        statement = select(func.count()).select_from(table).filter_by(**values)
        return (await connection.execute(statement)).scalar_one()


async def test_events_leave_in_the_order_in_which_they_were_published(database: Database) -> None:
    thing = new_id()

    async with database.transaction(_cause()) as tx:
        await tx.insert(THINGS, id=thing, word="new")
        published = [tx.publish(ThingHappened(thing_id=thing)) for _ in range(5)]

    assert await _announced(database, thing) == published


async def test_what_raises_leaves_nothing_behind(database: Database) -> None:
    thing = new_id()

    with pytest.raises(ZeroDivisionError):
        async with database.transaction(_cause()) as tx:
            await tx.insert(THINGS, id=thing, word="new")
            tx.publish(ThingHappened(thing_id=thing))
            tx.audit("thing.made", subject_kind="thing", subject_id=thing)
            raise ZeroDivisionError

    assert await _announced(database, thing) == []
    assert await _count(database, AUDIT, subject_id=thing) == 0
    assert await _count(database, THINGS, id=thing) == 0


async def test_an_event_about_something_not_locked_is_refused(database: Database) -> None:
    with pytest.raises(SubjectNotLockedError):
        async with database.transaction(_cause()) as tx:
            tx.publish(ThingHappened(thing_id=new_id()))


async def test_a_locked_row_may_be_spoken_of(database: Database) -> None:
    thing = new_id()
    async with database.transaction(_cause()) as tx:
        await tx.insert(THINGS, id=thing, word="kept")

    async with database.transaction(_cause()) as tx:
        row = await tx.lock(THINGS, thing)
        published = tx.publish(ThingHappened(thing_id=thing))

    assert row is not None
    assert row["word"] == "kept"
    assert await _announced(database, thing) == [published]


async def test_a_subject_without_a_row_is_locked_by_its_id(database: Database) -> None:
    elsewhere = new_id()

    async with database.transaction(_cause()) as tx:
        await tx.lock_subject(elsewhere)
        published = tx.publish(ThingHappened(thing_id=elsewhere))

    assert await _announced(database, elsewhere) == [published]


async def test_rows_are_locked_in_ascending_order_whatever_was_asked(database: Database) -> None:
    things = [new_id() for _ in range(4)]
    async with database.transaction(_cause()) as tx:
        for thing in things:
            await tx.insert(THINGS, id=thing, word="one")

    async with database.transaction(_cause()) as tx:
        rows = await tx.lock_all(THINGS, reversed(things))

    assert [row["id"] for row in rows] == sorted(things)


async def test_a_savepoint_takes_its_events_and_locks_back_with_it(database: Database) -> None:
    kept, undone = new_id(), new_id()

    async with database.transaction(_cause()) as tx:
        await tx.insert(THINGS, id=kept, word="kept")
        tx.publish(ThingHappened(thing_id=kept))
        with pytest.raises(ZeroDivisionError):
            async with tx.savepoint():
                await tx.insert(THINGS, id=undone, word="undone")
                tx.publish(ThingHappened(thing_id=undone))
                tx.audit("thing.made", subject_kind="thing", subject_id=undone)
                raise ZeroDivisionError
        with pytest.raises(SubjectNotLockedError):
            tx.publish(ThingHappened(thing_id=undone))

    assert len(await _announced(database, kept)) == 1
    assert await _announced(database, undone) == []
    assert await _count(database, AUDIT, subject_id=undone) == 0


async def test_an_event_over_the_limit_is_refused_in_its_own_transaction(
    database: Database,
) -> None:
    thing = new_id()

    with pytest.raises(InvalidInputError, match="65536"):
        async with database.transaction(_cause()) as tx:
            await tx.insert(THINGS, id=thing, word="new")
            tx.publish(ThingHappened(thing_id=thing, kind="x" * 70_000))

    assert await _count(database, THINGS, id=thing) == 0


async def test_the_whole_record_is_measured_with_its_key_and_headers(database: Database) -> None:
    thing = new_id()
    envelope = len('{"thing_id":"","kind":""}') + len(str(thing))

    with pytest.raises(InvalidInputError, match="with its headers"):
        async with database.transaction(_cause()) as tx:
            await tx.insert(THINGS, id=thing, word="new")
            tx.publish(ThingHappened(thing_id=thing, kind="x" * (65_536 - envelope)))


async def test_an_event_off_its_schema_is_refused_in_its_own_transaction(
    database: Database,
) -> None:
    thing = new_id()

    with pytest.raises(
        OffSchemaError, match=r"thing.happened is off its schema: kind \(string_type\)"
    ):
        async with database.transaction(_cause()) as tx:
            await tx.insert(THINGS, id=thing, word="new")
            tx.publish(ThingHappened(thing_id=thing).model_copy(update={"kind": 7}))

    assert await _count(database, THINGS, id=thing) == 0


async def test_an_unused_transaction_takes_no_connection(database: Database) -> None:
    async with database.transaction(_cause()) as tx:
        held = tx.now

    assert held.tzinfo == UTC
    assert held <= datetime.now(UTC)


async def test_a_cut_connection_is_unavailable_and_nothing_is_kept(database: Database) -> None:
    thing = new_id()

    with pytest.raises(UnavailableError):
        async with database.transaction(_cause()) as tx:
            await tx.insert(THINGS, id=thing, word="new")
            pid = (await tx.execute(text("SELECT pg_backend_pid()"))).scalar_one()
            async with database.engine.begin() as other:
                await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

    assert await _count(database, THINGS, id=thing) == 0


async def test_a_database_that_is_away_is_unavailable() -> None:
    settings = DatabaseSettings(database_url=SecretStr("postgresql://nobody@127.0.0.1:1/none"))
    away = Database(create_engine(settings, "test"), SystemClock(), "test")

    with pytest.raises(UnavailableError):
        async with away.transaction(_cause()) as tx:
            await tx.execute(text("SELECT 1"))


def test_the_kernel_knows_each_table_once() -> None:
    assert isinstance(METADATA, MetaData)
    assert {OUTBOX.name, AUDIT.name} <= set(METADATA.tables)
