"""Undoes the effects of an event that is in no log, as an operator's rebuild does."""

from uuid import UUID

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.events.event import Event
from shared.identifiers import new_id
from shared.messaging.consuming.handlers import EventHandlers, Lost
from shared.security.principals import process_actor


async def forgotten(
    database: Database,
    handlers: EventHandlers,
    event: Event,
    *,
    event_id: UUID | None = None,
    service: str = "",
) -> str | None:
    """Undo the effects of an event; return what a person must do by hand."""
    kind = event.type_for(service)
    registration = handlers.for_type(kind)
    if registration is None or registration.forget is None:
        raise AssertionError(f"nobody can undo {kind}")
    lost = Lost(event_id or new_id(), kind, event.subject_id, event)
    async with database.transaction(Cause(process_actor("an operator"), new_id())) as tx:
        return await registration.forget(tx, lost)
