"""How the counting service answers another's numbers: it notes them, or fails as it is told."""

from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from faults.counting.events import NumberNoted, ThingNumbered, ThingNumberedWider
from faults.counting.settings import Settings
from shared.database.transaction import Transaction
from shared.errors import UnavailableError
from shared.messaging.consuming.handlers import EventHandlers, Lost, Received

_NOTE = text("INSERT INTO notes (event_id, thing_id, number) VALUES (:event, :thing, :number)")
_TALLY = text(
    """
    INSERT INTO tallies (thing_id, numbers) VALUES (:thing, ARRAY[CAST(:number AS int)])
    ON CONFLICT (thing_id) DO UPDATE SET numbers = tallies.numbers || CAST(:number AS int)
    """
)


_UNNOTE = text("DELETE FROM notes WHERE event_id = :event")
_UNANNOUNCE = text("DELETE FROM outbox WHERE causation_id = :event")
_TALLY_AGAIN = text(
    """
    UPDATE tallies SET numbers =
        ARRAY(SELECT number FROM notes WHERE notes.thing_id = tallies.thing_id ORDER BY id)
    WHERE thing_id = :thing
    """
)
_UNTALLY = text("DELETE FROM tallies WHERE thing_id = :thing AND numbers = '{}'")


class Behavior(StrEnum):
    """How the handler fails for one thing."""

    AWAY = "what it needs is away"
    BROKEN = "it is broken"
    FAILS_LATE = "it fails after it published"


def tell(file: Path, behavior: Behavior, thing_id: UUID) -> None:
    """Have the handler fail for a thing until the file is gone."""
    fresh = file.with_suffix(".new")
    fresh.write_text(f"{thing_id} {behavior}")
    fresh.rename(file)


def handlers(settings: Settings) -> EventHandlers:
    """Make the handlers of one process."""
    registry = EventHandlers()
    if settings.counting_reads:
        kind = ThingNumberedWider if settings.counting_version > 1 else ThingNumbered
        noting = _Noting(settings.counting_behavior)
        registry.on(kind, noting, service=settings.counting_reads, forget=_forget)
    return registry


async def _forget(tx: Transaction, lost: Lost[ThingNumbered]) -> None:
    """Take a number back: the note of it, what it added to the tally, and what it announced."""
    gone = {"event": lost.event_id, "thing": lost.subject_id}
    await tx.execute(_UNNOTE, gone)
    await tx.execute(_UNANNOUNCE, gone)
    await tx.execute(_TALLY_AGAIN, gone)
    await tx.execute(_UNTALLY, gone)


class _Noting:
    """Notes a number, adds it to the thing's tally and says so."""

    def __init__(self, behavior: Path) -> None:
        self._behavior = behavior

    async def __call__(self, tx: Transaction, event: Received[ThingNumbered]) -> None:
        failing = self._told_for(event.subject_id)
        if failing is Behavior.BROKEN:
            raise ZeroDivisionError
        if failing is Behavior.AWAY:
            raise UnavailableError("what is needed is away", code="away")
        noted = {"event": event.event_id, "thing": event.subject_id, "number": event.data.number}
        await tx.execute(_NOTE, noted)
        await tx.execute(_TALLY, {"thing": event.subject_id, "number": event.data.number})
        await tx.lock_subject(event.subject_id)
        tx.publish(NumberNoted(thing_id=event.subject_id, number=event.data.number))
        if failing is Behavior.FAILS_LATE:
            raise UnavailableError("it fails late", code="late")

    def _told_for(self, thing_id: UUID) -> Behavior | None:
        try:
            whom, _, behavior = self._behavior.read_text().partition(" ")
        except FileNotFoundError:
            return None
        return Behavior(behavior) if whom == str(thing_id) else None
