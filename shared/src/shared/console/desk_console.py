"""What the desk commands do: one transaction on the service's database, then its result."""

import sys
from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from shared.console import desk_tables
from shared.console.operator_session import WRONG_WORDS, Act, OperatorSession, leave
from shared.http.paging import moment_cursor, page_of
from shared.http.shapes import Lines
from shared.messaging.consuming.message_states import OPEN, MessageState
from shared.messaging.parked import desk, parked_causes, parked_messages
from shared.messaging.parked.parked_messages import ParkedFilter, ParkedMessage
from shared.validation_messages import message_of

Result = TypeVar("Result")


class DeskConsole:
    """Runs one desk command."""

    def __init__(self, session: OperatorSession, by: str | None) -> None:
        self._session = session
        self._by = by

    def list_messages(
        self,
        narrowed: Mapping[str, Any],
        state: MessageState | None,
        limit: int,
        after: str | None,
    ) -> None:
        """List messages; only open ones unless a state is given."""
        asked = ParkedFilter(**narrowed, states=(state,) if state else OPEN)
        found = self._done(
            lambda tx: parked_messages.listed(tx, asked, after=moment_cursor(after), limit=limit)
        )
        shown, more = page_of(found, limit, lambda each: (each.parked_at.isoformat(), each.id))
        desk_tables.write_messages(shown, more)

    def list_causes(self, limit: int, after: str | None) -> None:
        """List causes."""
        found = self._done(
            lambda tx: parked_causes.listed(tx, after=moment_cursor(after), limit=limit)
        )
        shown, more = page_of(found, limit, lambda each: (each.first_seen_at.isoformat(), each.id))
        desk_tables.write_causes(shown, more)

    def show(self, message_id: UUID) -> None:
        """Show one message and its record."""
        message, record = self._done(lambda tx: desk.show(tx, message_id))
        desk_tables.write_message(message)
        desk_tables.write_record(record)

    def retry(self, message_id: UUID) -> None:
        """Retry one message."""
        self._say(self._done(lambda tx: desk.retry(tx, message_id)))

    def retry_cause(self, cause_id: UUID) -> None:
        """Retry the messages of a cause."""
        retried = self._done(lambda tx: desk.retry_cause(tx, cause_id))
        sys.stdout.write(f"retried: {retried}\n")

    def discard_cause(self, cause_id: UUID, reason: str) -> None:
        """Discard the messages of a cause."""
        why = _read(Lines, "reason", reason)
        discarded = self._done(lambda tx: desk.discard_cause(tx, cause_id, why))
        sys.stdout.write(f"discarded: {discarded}\n")

    def skip(self, message_id: UUID, reason: str | None) -> None:
        """Skip one message."""
        why = None if reason is None else _read(Lines, "reason", reason)
        self._say(self._done(lambda tx: desk.skip(tx, message_id, why)))

    def discard(self, message_id: UUID, reason: str) -> None:
        """Discard one message."""
        why = _read(Lines, "reason", reason)
        self._say(self._done(lambda tx: desk.discard(tx, message_id, why)))

    def _say(self, message: ParkedMessage) -> None:
        sys.stdout.write(f"{message.id}: {message.state}\n")

    def _done(self, act: Act[Result]) -> Result:
        return self._session.done(act, self._by)


def _read(shape: Any, name: str, value: str) -> str:  # noqa: ANN401 - an annotated type is no type
    try:
        read: str = TypeAdapter(shape).validate_python(value)
    except ValidationError as error:
        leave(WRONG_WORDS, f"--{name}: {message_of(error.errors()[0])}")
    return read
