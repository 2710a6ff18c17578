"""Something happened in another service, or in a ledger, that concerns a case: it is entered."""

from typing import TypeVar
from uuid import UUID

from shared.database.transaction import Transaction
from shared.events.event import Event
from shared.messaging.consuming.handlers import Received
from supervision.domain.timeline import TimelineEntry, summarize
from supervision.storage import cases, timeline

EventT = TypeVar("EventT", bound=Event)


async def enter_on_timeline(tx: Transaction, case_id: UUID, event: Received[EventT]) -> None:
    """Enter an event once, at its own time; its case must have arrived."""
    await cases.require_known(tx, case_id)
    entry = TimelineEntry(
        id=event.event_id,
        case_id=case_id,
        at=event.occurred_at,
        kind=event.type,
        subject_kind=event.data.subject_kind,
        subject_id=event.subject_id,
        summary=summarize(event.type, event.data.model_dump(mode="json")),
    )
    await timeline.keep(tx, entry)
