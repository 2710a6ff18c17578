"""What the desk's commands do: one transaction on the service's database, then its answer shown."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, NoReturn, TypeVar
from uuid import UUID

import typer
from asyncpg import PostgresError
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import DBAPIError

from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.schema_check import SchemaCheck
from shared.database.transaction import Cause, Transaction
from shared.errors import CasombError, UnavailableError
from shared.http.paging import decode_cursor, page_of
from shared.http.shapes import Line, Lines
from shared.identifiers import new_id
from shared.messaging import desk, parked_causes, parked_messages
from shared.messaging.message_states import OPEN, MessageState
from shared.messaging.parked_messages import ParkedFilter, ParkedMessage
from shared.operations import desk_tables
from shared.operations.service import Service
from shared.operations.settings import ServiceSettings
from shared.security.principals import Actor, Role

REFUSED, WRONG_WORDS, NOT_NOW = 1, 2, 3
Result = TypeVar("Result")
Act = Callable[[Transaction], Awaitable[Result]]


class DeskConsole:
    """One command's way to the desk; what is refused is said in a line, and ends the process."""

    def __init__(self, service: Service, settings: ServiceSettings, by: str) -> None:
        self._service = service
        self._settings = settings
        # Never the subject of a token, so that nobody acts here under another's name.
        self._actor = Actor(f"console:{_read(Line, 'by', by)}", frozenset({Role.OPERATOR}))

    def list_messages(
        self,
        narrowed: Mapping[str, Any],
        state: MessageState | None,
        limit: int,
        after: str | None,
    ) -> None:
        """List messages; the open ones unless a state is named."""
        asked = ParkedFilter(**narrowed, states=(state,) if state else OPEN)
        found = self._done(
            lambda tx: parked_messages.listed(tx, asked, after=_cursor(after), limit=limit)
        )
        shown, more = page_of(found, limit, lambda each: (each.parked_at.isoformat(), each.id))
        desk_tables.write_messages(shown, more)

    def list_causes(self, limit: int, after: str | None) -> None:
        """List causes."""
        found = self._done(lambda tx: parked_causes.listed(tx, after=_cursor(after), limit=limit))
        shown, more = page_of(found, limit, lambda each: (each.first_seen_at.isoformat(), each.id))
        desk_tables.write_causes(shown, more)

    def show(self, message_id: UUID) -> None:
        """Show one message and its record."""
        message, record = self._done(lambda tx: desk.show(tx, message_id))
        desk_tables.write_message(message)
        desk_tables.write_record(record)

    def retry(self, message_id: UUID) -> None:
        """Retry one."""
        self._say(self._done(lambda tx: desk.retry(tx, message_id)))

    def retry_cause(self, cause_id: UUID) -> None:
        """Retry those of a cause."""
        retried = self._done(lambda tx: desk.retry_cause(tx, cause_id))
        sys.stdout.write(f"retried: {retried}\n")

    def skip(self, message_id: UUID, reason: str | None) -> None:
        """Skip one."""
        why = None if reason is None else _read(Lines, "reason", reason)
        self._say(self._done(lambda tx: desk.skip(tx, message_id, why)))

    def discard(self, message_id: UUID, reason: str) -> None:
        """Discard one."""
        why = _read(Lines, "reason", reason)
        self._say(self._done(lambda tx: desk.discard(tx, message_id, why)))

    def _say(self, message: ParkedMessage) -> None:
        sys.stdout.write(f"{message.id}: {message.state}\n")

    def _done(self, act: Act[Result]) -> Result:
        try:
            return asyncio.run(self._in_transaction(act))
        except UnavailableError as error:
            _leave(NOT_NOW, error.detail)
        except CasombError as error:
            _leave(REFUSED, error.detail)
        except (OSError, DBAPIError, PostgresError) as error:
            _leave(NOT_NOW, f"the database does not answer: {type(error).__name__}")

    async def _in_transaction(self, act: Act[Result]) -> Result:
        engine = create_engine(self._settings, f"{self._service.name} desk")
        try:
            if reason := await SchemaCheck(engine, self._service.migrations)():
                _leave(NOT_NOW, reason)
            database = Database(engine, SystemClock(), self._service.name)
            async with database.transaction(Cause(self._actor, new_id())) as tx:
                return await act(tx)
        finally:
            await engine.dispose()


def _read(shape: Any, name: str, value: str) -> str:  # noqa: ANN401 - an annotated type is no type
    try:
        read: str = TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        _leave(WRONG_WORDS, f"--{name}: {error.errors()[0]['msg']}")
    return read


def _cursor(after: str | None) -> tuple[datetime, UUID] | None:
    if after is None:
        return None
    seen, last = decode_cursor(after, datetime.fromisoformat, UUID)
    return seen, last


def _leave(code: int, why: str) -> NoReturn:
    sys.stderr.write(f"{why}\n")
    raise typer.Exit(code)
