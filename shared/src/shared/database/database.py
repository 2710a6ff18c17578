"""A service's database: provides transactions and is the only place that commits them."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cached_property

from asyncpg import InternalClientError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from shared.clock import Clock
from shared.database.outbox_hint import Hint
from shared.database.reading import ReadOnlyTransaction
from shared.database.transaction import Cause, Transaction
from shared.errors import UnavailableError
from shared.process.fault_points import FaultPoint, reach

PASSING_SQLSTATES = frozenset(
    {
        "40001",  # serialization failure
        "40P01",  # deadlock
        "55P03",  # lock timeout
        "57014",  # statement timeout
        "25P03",  # idle in transaction for too long
        "25P04",  # transaction timeout
        "57P01",  # server shutting down
        "57P02",  # crash
        "57P03",  # starting up
    }
)
PASSING_CLASSES = (
    "08",  # connection
    "53",  # out of something: the disk is full, too many connections
    "58",  # the system under the server, such as an input or output error
)


CONNECTION_FAULTS = (
    InterfaceError,
    OperationalError,
    # Raised, unmapped by SQLAlchemy, when the server's farewell crosses a statement.
    InternalClientError,
)


class Database:
    """The engine, the clock and the service's name, which every transaction needs."""

    def __init__(self, engine: AsyncEngine, clock: Clock, service: str) -> None:
        self.engine = engine
        self.clock = clock
        self.service = service
        self._hint = Hint()

    @asynccontextmanager
    async def transaction(self, cause: Cause) -> AsyncIterator[Transaction]:
        """Begin at the first statement, commit at the end of the block, roll back if it raises.

        Raises UnavailableError if the database is unavailable or asks for a retry. Nothing was
        stored then, unless the connection broke during the commit.
        """
        lazy = _LazyConnection(lambda: self.engine)
        tx = Transaction(lazy, self.service, self.clock.now(), cause)
        with _unavailable_where_passing():
            try:
                yield tx
                await tx.write_buffers()
                if tx.has_published:
                    reach(FaultPoint.COMMITTING)
                await lazy.commit()
                if tx.has_published:
                    reach(FaultPoint.COMMITTED)
                    await self._hint.give(await lazy.connection())
            finally:
                await lazy.close()

    @asynccontextmanager
    async def reading(self, cause: Cause) -> AsyncIterator[Transaction]:
        """Read without a transaction; raises UnavailableError as `transaction` does."""
        lazy = _LazyConnection(lambda: self._reads)
        with _unavailable_where_passing():
            try:
                yield ReadOnlyTransaction(lazy, self.service, self.clock.now(), cause)
            finally:
                await lazy.close()

    @cached_property
    def _reads(self) -> AsyncEngine:
        """The same pool, with connections that do not begin transactions."""
        return self.engine.execution_options(isolation_level="AUTOCOMMIT")

    async def ping(self) -> None:
        """Raise unless the database answers."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))


@contextmanager
def _unavailable_where_passing() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, InternalClientError, PoolTimeoutError, OSError) as error:
        if is_passing(error):
            raise UnavailableError(
                "the database is unavailable at the moment; repeat the request with the same "
                "Idempotency-Key",
                code="database-unavailable",
            ) from error
        raise


def is_passing(error: BaseException) -> bool:
    """Whether the same transaction may succeed if it is tried again."""
    if isinstance(error, (*CONNECTION_FAULTS, PoolTimeoutError, OSError)):
        return True
    if not isinstance(error, DBAPIError):
        return False
    sqlstate = getattr(error.orig, "sqlstate", None)
    return (
        error.connection_invalidated
        or sqlstate is None
        or sqlstate in PASSING_SQLSTATES
        or sqlstate.startswith(PASSING_CLASSES)
    )


def refused_by(error: DBAPIError) -> str:
    """The error's SQLSTATE and constraint, if any, without the values that were written."""
    driver = getattr(error.orig, "__cause__", None)
    sqlstate = getattr(error.orig, "sqlstate", None)
    return f"SQLSTATE {sqlstate} {getattr(driver, 'constraint_name', None) or ''}".strip()


class _LazyConnection:
    """A connection taken from the pool when the first statement runs."""

    def __init__(self, engine: Callable[[], AsyncEngine]) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None

    async def connection(self) -> AsyncConnection:
        if self._connection is None:
            self._connection = await self._engine().connect()
        return self._connection

    async def commit(self) -> None:
        if self._connection is not None:
            await self._connection.commit()

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
