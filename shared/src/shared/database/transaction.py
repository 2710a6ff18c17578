"""One transaction: its clock, its actor, its locks, and the events it publishes on commit.

Use cases never commit. Events and audit entries are buffered here and written at the end; a
savepoint that is rolled back removes its part of the buffer.
"""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import CursorResult, Executable, RowMapping, Table, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.clock import california_date
from shared.database import audit, outbox
from shared.database.audit import AuditEntry
from shared.database.outbox import LARGEST_RECORD_BYTES, OutboxRow
from shared.errors import InvalidInputError
from shared.events.encoding import encoded
from shared.events.event import Event
from shared.identifiers import new_id
from shared.security.principals import Actor


@dataclass(frozen=True)
class Cause:
    """Why a transaction runs: the requests and events that led to it."""

    actor: Actor
    correlation_id: UUID
    causation_id: UUID | None = None
    traceparent: str | None = None


class SubjectNotLockedError(Exception):
    """An event was published about a subject that this transaction neither locked nor inserted."""


class ConnectionSource(Protocol):
    """Where a transaction gets its connection when it first needs one."""

    async def connection(self) -> AsyncConnection:
        """Begin, or return the connection that has begun."""
        ...


class Transaction:
    """What a use case works with; only `Database.transaction` creates and ends it."""

    def __init__(
        self, connections: ConnectionSource, service: str, now: datetime, cause: Cause
    ) -> None:
        self._connections = connections
        self.service = service
        self.now = now
        self.cause = cause
        self._locked: set[UUID] = set()
        self._events: list[OutboxRow] = []
        self._audit: list[AuditEntry] = []
        self._soon: list[tuple[Executable, list[Mapping[str, Any]]]] = []

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.cause.actor

    @property
    def correlation_id(self) -> UUID:
        """The id that connects the requests and events of one chain."""
        return self.cause.correlation_id

    @property
    def today(self) -> date:
        """The date in California."""
        return california_date(self.now)

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Run one statement."""
        await self.write_out()
        connection = await self._connections.connection()
        return await connection.execute(statement, parameters)

    def write_soon(self, statement: Executable, parameters: Mapping[str, Any]) -> None:
        """Write later, in one round trip with similar writes.

        For event handlers, which write much and read little. The write happens before this
        transaction reads or commits anything; its errors are raised by the next call.
        """
        if not self._soon or self._soon[-1][0] is not statement:
            self._soon.append((statement, []))
        self._soon[-1][1].append(parameters)

    async def write_out(self) -> None:
        """Run the delayed writes in order."""
        if self._soon:
            writes, self._soon = self._soon, []
            connection = await self._connections.connection()
            for statement, parameters in writes:
                await connection.execute(statement, parameters)

    async def lock(self, table: Table, row_id: UUID) -> RowMapping | None:
        """Read and lock one row by its id; None if there is no row."""
        rows = await self.lock_all(table, [row_id])
        return rows[0] if rows else None

    async def lock_all(self, table: Table, row_ids: Iterable[UUID]) -> list[RowMapping]:
        """Read and lock rows in ascending order of id, so that two callers never deadlock."""
        statement = (
            select(table)
            .where(table.c.id.in_(list(row_ids)))
            .order_by(table.c.id)
            .with_for_update(key_share=True)
        )
        rows = list((await self.execute(statement)).mappings())
        self._locked.update(row["id"] for row in rows)
        return rows

    async def lock_subject(self, subject_id: UUID) -> None:
        """Lock a subject that has no row here, until the transaction ends."""
        key = int.from_bytes(subject_id.bytes[8:], "big", signed=True)
        await self.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
        self._locked.add(subject_id)

    async def insert(self, table: Table, **values: object) -> None:
        """Insert one row; its id counts as locked, since nobody else can see it yet."""
        await self.execute(insert(table).values(**values))
        if isinstance(row_id := values.get("id"), UUID):
            self.count_as_locked(row_id)

    def count_as_locked(self, row_id: UUID) -> None:
        """Declare that a statement of this transaction has just inserted or locked the row."""
        self._locked.add(row_id)

    def publish(self, event: Event) -> UUID:
        """Publish an event, which is sent only if the transaction commits. Returns the event's id.

        Raises OffSchemaError if the event does not match its type, and InvalidInputError if its
        record is too large for a broker.
        """
        data = encoded(event)
        if event.subject_id not in self._locked:
            raise SubjectNotLockedError(f"{event.type_for(self.service)}: lock its subject first")
        row = self._outbox_row(event, data)
        if row.record_bytes > LARGEST_RECORD_BYTES:
            raise InvalidInputError(
                f"{row.type} would be {row.record_bytes} bytes with its headers;"
                f" the limit is {LARGEST_RECORD_BYTES}",
                code="event-too-large",
            )
        self._events.append(row)
        return row.event_id

    def audit(
        self, action: str, *, subject_kind: str, subject_id: UUID, authority: str | None = None
    ) -> None:
        """Add an action, including a read, to the audit trail."""
        entry = AuditEntry(
            at=self.now,
            actor=self.actor.name,
            roles=tuple(sorted(self.actor.roles)),
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            authority=authority,
            correlation_id=self.correlation_id,
        )
        self._audit.append(entry)

    @property
    def audited_subjects(self) -> list[tuple[str, UUID]]:
        """The kind and id of each subject audited so far, once each."""
        return list(dict.fromkeys((each.subject_kind, each.subject_id) for each in self._audit))

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo the statements, events and locks of the block, and no others, if it raises."""
        await self.write_out()
        events, entries, locked = len(self._events), len(self._audit), set(self._locked)
        connection = await self._connections.connection()
        try:
            async with connection.begin_nested():
                yield
                await self.write_out()
        except BaseException:
            self._soon.clear()
            del self._events[events:]
            del self._audit[entries:]
            self._locked = locked
            raise

    def caused_by(self, cause: Cause) -> "Transaction":
        """Act for another cause from here on, as a consumer does for each message of a batch."""
        self.cause = replace(cause)
        return self

    @property
    def has_published(self) -> bool:
        """Whether it has published any event."""
        return bool(self._events)

    async def write_buffers(self) -> None:
        """Write the buffers; the outbox last, when every lock is held."""
        await self.write_out()
        if self._audit:
            await audit.write(await self._connections.connection(), self._audit)
        if self._events:
            await outbox.write(await self._connections.connection(), self._events)

    def _outbox_row(self, event: Event, data: bytes) -> OutboxRow:
        return OutboxRow(
            event_id=new_id(),
            type=event.type_for(self.service),
            schema_version=event.schema_version,
            subject_kind=event.subject_kind,
            subject_id=event.subject_id,
            occurred_at=self.now,
            correlation_id=self.correlation_id,
            causation_id=self.cause.causation_id,
            data=data,
            traceparent=self.cause.traceparent,
        )
