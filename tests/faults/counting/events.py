"""What the counting service announces: numbers of things."""

from typing import ClassVar
from uuid import UUID

from shared.events.event import Event


class ThingNumbered(Event):
    """A thing got its next number."""

    noun_verb: ClassVar[str] = "thing.numbered"
    subject_kind: ClassVar[str] = "thing"

    thing_id: UUID
    number: int


class ThingNumberedWider(ThingNumbered):
    """The same in its next version, as a producer says it that was upgraded first."""

    schema_version: ClassVar[int] = 2

    digits: int = 0


class ThingPainted(Event):
    """A type that the reading service does not know."""

    noun_verb: ClassVar[str] = "thing.painted"
    subject_kind: ClassVar[str] = "thing"

    thing_id: UUID
    number: int


class NumberNoted(Event):
    """What follows in the reading service."""

    noun_verb: ClassVar[str] = "number.noted"
    subject_kind: ClassVar[str] = "thing"

    thing_id: UUID
    number: int
