"""Reading without a transaction, on the real PostgreSQL: nothing begun, nothing written."""

from collections.abc import AsyncIterator, Callable

import pytest
from pydantic import SecretStr
from sqlalchemy import Column, MetaData, Table, Text, Uuid, insert, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.clock import SystemClock
from shared.database import idle_connections
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.naming import service_metadata
from shared.database.reading import ReadsOnlyError
from shared.database.transaction import Cause
from shared.errors import UnavailableError
from shared.identifiers import new_id
from shared.process.settings import DatabaseSettings
from shared.security.principals import process_actor

METADATA: MetaData = service_metadata()
THINGS = Table("things", METADATA, Column("id", Uuid, primary_key=True), Column("word", Text))
CAUSE = Cause(actor=process_actor("test"), correlation_id=new_id())
MY_PROCESS = text("SELECT pg_backend_pid()")
MY_TRANSACTION = text(
    "SELECT virtualtransaction FROM pg_locks WHERE pid = pg_backend_pid() LIMIT 1"
)
END = text("SELECT pg_terminate_backend(:pid, 5000)")


@pytest.fixture
async def database(new_database: Callable[[str | None], str]) -> AsyncIterator[Database]:
    settings = DatabaseSettings(database_url=SecretStr(new_database(None)))
    engine = create_engine(settings, "test")
    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    yield Database(engine, SystemClock(), "test")
    await engine.dispose()


async def test_each_statement_sees_what_was_committed_before_it(database: Database) -> None:
    async with database.reading(CAUSE) as reading:
        before = (await reading.execute(select(THINGS))).all()
        async with database.transaction(CAUSE) as tx:
            await tx.insert(THINGS, id=new_id(), word="new")

        after = (await reading.execute(select(THINGS.c.word))).scalars().all()

    assert before == []
    assert after == ["new"]


async def test_each_statement_is_by_itself(database: Database) -> None:
    async with database.reading(CAUSE) as reading:
        first = (await reading.execute(MY_TRANSACTION)).scalar_one()
        second = (await reading.execute(MY_TRANSACTION)).scalar_one()

    assert first != second


async def test_a_transaction_on_the_same_connection_is_one_again(database: Database) -> None:
    async with database.reading(CAUSE) as reading:
        reader = (await reading.execute(MY_PROCESS)).scalar_one()

    async with database.transaction(CAUSE) as tx:
        writer = (await tx.execute(MY_PROCESS)).scalar_one()
        first = (await tx.execute(MY_TRANSACTION)).scalar_one()
        second = (await tx.execute(MY_TRANSACTION)).scalar_one()

    assert reader == writer
    assert first == second


async def test_a_write_is_refused(database: Database) -> None:
    async with database.reading(CAUSE) as reading:
        with pytest.raises(ReadsOnlyError):
            await reading.execute(insert(THINGS).values(id=new_id()))


async def test_a_write_for_later_is_refused(database: Database) -> None:
    async with database.reading(CAUSE) as reading:
        with pytest.raises(ReadsOnlyError):
            reading.write_soon(insert(THINGS), {"id": new_id()})


async def test_a_lock_is_refused(database: Database) -> None:
    async with database.reading(CAUSE) as reading:
        with pytest.raises(ReadsOnlyError):
            await reading.lock(THINGS, new_id())


async def test_a_lock_of_a_subject_is_refused(database: Database) -> None:
    async with database.reading(CAUSE) as reading:
        with pytest.raises(ReadsOnlyError):
            await reading.lock_subject(new_id())


async def test_an_audit_entry_is_refused(database: Database) -> None:
    async with database.reading(CAUSE) as reading:
        with pytest.raises(ReadsOnlyError):
            reading.audit("thing.seen", subject_kind="thing", subject_id=new_id())


async def test_a_database_that_is_away_is_unavailable() -> None:
    settings = DatabaseSettings(database_url=SecretStr("postgresql://nobody@127.0.0.1:1/none"))
    away = Database(create_engine(settings, "test"), SystemClock(), "test")

    with pytest.raises(UnavailableError):
        async with away.reading(CAUSE) as reading:
            await reading.execute(text("SELECT 1"))


async def test_a_connection_that_broke_while_idle_is_replaced(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _break_the_idle_one(database)
    monkeypatch.setattr(idle_connections, "TRUSTED_SECONDS", 0)

    async with database.reading(CAUSE) as reading:
        answer = (await reading.execute(text("SELECT 1"))).scalar_one()

    assert answer == 1


async def test_one_that_breaks_right_after_use_is_one_failure_and_no_more(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _break_the_idle_one(database)
    monkeypatch.setattr(idle_connections, "TRUSTED_SECONDS", 3600)

    with pytest.raises(UnavailableError):
        async with database.reading(CAUSE) as reading:
            await reading.execute(text("SELECT 1"))
    async with database.reading(CAUSE) as reading:
        answer = (await reading.execute(text("SELECT 1"))).scalar_one()

    assert answer == 1


async def _break_the_idle_one(database: Database) -> None:
    """Leave a connection in the pool that the server has ended."""
    async with database.reading(CAUSE) as reading:
        pid = (await reading.execute(MY_PROCESS)).scalar_one()
    another = create_async_engine(database.engine.url)
    async with another.connect() as connection:
        await connection.execute(END, {"pid": pid})
    await another.dispose()
