"""The registry that says which use case answers which event."""

from typing import ClassVar
from uuid import UUID

import pytest

from shared.database.transaction import Transaction
from shared.events.certification import ApplicationSubmitted, CertificationGranted
from shared.events.event import Event
from shared.messaging.consuming.handlers import EventHandlers, Received


class Counted(Event):
    """A thing got its next number."""

    noun_verb: ClassVar[str] = "thing.counted"
    subject_kind: ClassVar[str] = "thing"

    thing_id: UUID


async def ignore(tx: Transaction, event: Received[Event]) -> None:
    pass


def test_topics_follow_from_what_is_handled() -> None:
    handlers = EventHandlers()

    handlers.on(ApplicationSubmitted, ignore)
    handlers.on(CertificationGranted, ignore)
    handlers.on(Counted, ignore, service="scoring")

    assert handlers.topics == {"certification.events", "scoring.events"}


def test_an_event_that_several_publish_is_told_apart_by_its_service() -> None:
    handlers = EventHandlers()

    handlers.on(Counted, ignore, service="scoring")

    assert handlers.for_type("scoring.thing.counted") is not None
    assert handlers.for_type("supervision.thing.counted") is None


def test_no_handlers_is_no_topic() -> None:
    assert EventHandlers().topics == frozenset()


def test_an_event_has_one_handler() -> None:
    handlers = EventHandlers()
    handlers.on(ApplicationSubmitted, ignore)

    with pytest.raises(ValueError, match="already"):
        handlers.on(ApplicationSubmitted, ignore)


@pytest.mark.parametrize(("kind", "service"), [(Counted, ""), (ApplicationSubmitted, "scoring")])
def test_the_publishing_service_is_named_exactly_once(kind: type[Event], service: str) -> None:
    with pytest.raises(ValueError, match="exactly once"):
        EventHandlers().on(kind, ignore, service=service)
