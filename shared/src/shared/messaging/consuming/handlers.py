"""Which use case handles which event: each service fills this registry in its `consumed.py`.

    registry = EventHandlers()
    registry.on(CertificationGranted, _certification_granted, forget=_forget_certification)
    registry.on(DutyOpened, _duty_opened, service="scoring", forget=_forget_duty)

If a handler raises UnavailableError or NotYetKnownError, the message waits and is retried. After
any other error it is dead until an operator decides. Both delay only events of the same subject.

An applied event may turn out to be in no log, because its log's database was restored or because
the record was foreign. At an operator's rebuild, `forget` undoes what the handler made of it, and
returns what a person must do by hand. With `is_told_again`, for handlers that store only a
subject's latest state, the subject's earlier events are then handled again; such a handler must
accept an event twice.

A handler that first locks its subject's row names that table in `locks`. A batch takes these locks
for all its records before any handler runs, so that it cannot deadlock with another transaction
that also locks that row first.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Table

from shared.database.transaction import Transaction
from shared.events.event import Event
from shared.messaging.wire.envelope import Envelope, topic_of

EventT = TypeVar("EventT", bound=Event)
EventT_co = TypeVar("EventT_co", bound=Event, covariant=True)


@dataclass(frozen=True)
class Received(Generic[EventT_co]):
    """One event for a handler; `data` is the event itself."""

    event_id: UUID
    type: str
    subject_id: UUID
    occurred_at: datetime
    correlation_id: UUID
    data: EventT_co


@dataclass(frozen=True)
class Lost(Generic[EventT_co]):
    """An event that was applied but is in no log, for the function that undoes it."""

    event_id: UUID
    type: str
    subject_id: UUID
    data: EventT_co


Handler = Callable[[Transaction, Received[EventT]], Awaitable[None]]
Forget = Callable[[Transaction, Lost[EventT]], Awaitable[str | None]]
"""Undoes an event; returns what a person must do by hand, or None."""


@dataclass(frozen=True)
class Registration:
    """A handler with the class of its messages."""

    kind: type[Event]
    handle: Handler[Any]
    locks: Table | None = None
    forget: Forget[Any] | None = None
    is_told_again: bool = False

    async def read_and_handle(self, tx: Transaction, envelope: Envelope, subject_id: UUID) -> None:
        """Parse the data and run the handler; raises pydantic's error for a wrong shape."""
        await self.handle(
            tx,
            Received(
                event_id=envelope.event_id,
                type=envelope.type,
                subject_id=subject_id,
                occurred_at=envelope.occurred_at,
                correlation_id=envelope.correlation_id or envelope.event_id,
                data=self.kind.model_validate_json(envelope.data),
            ),
        )


class EventHandlers:
    """The handlers of one service by event type; without handlers nothing is consumed."""

    def __init__(self) -> None:
        self._by_type: dict[str, Registration] = {}
        self._topics: set[str] = set()

    def on(
        self,
        kind: type[EventT],
        handle: Handler[EventT],
        *,
        service: str = "",
        locks: Table | None = None,
        forget: Forget[EventT] | None = None,
        is_told_again: bool = False,
    ) -> None:
        """Register a handler; `service` names the publisher of a type that several publish."""
        if bool(kind.service) == bool(service):
            raise ValueError(f"{kind.__name__}: name the publishing service exactly once")
        event_type = kind.type_for(service)
        if event_type in self._by_type:
            raise ValueError(f"{event_type} has a handler already")
        self._by_type[event_type] = Registration(kind, handle, locks, forget, is_told_again)
        self._topics.add(topic_of(kind.service or service))

    @property
    def topics(self) -> frozenset[str]:
        """The topics with the registered types."""
        return frozenset(self._topics)

    @property
    def registered(self) -> Mapping[str, Registration]:
        """All registrations by event type."""
        return self._by_type

    def for_type(self, event_type: str) -> Registration | None:
        """Return the handler of a type; None if the type is not handled."""
        return self._by_type.get(event_type)
