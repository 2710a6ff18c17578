"""What a system has recorded, as the checker reads it: plain values without any connection."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Logged:
    """One event in its service's log; `epoch` is the one it was sequenced in."""

    sequence: int
    event_id: UUID
    subject_id: UUID
    partition: int
    previous: int
    epoch: int = 1
    type: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Delivered:
    """One event as a record on the topic."""

    partition: int
    epoch: int
    sequence: int
    event_id: UUID
    subject_id: UUID


@dataclass
class Writes:
    """What a test's own writer knows: commits acknowledged, and those of unknown outcome."""

    committed: list[UUID] = field(default_factory=list)
    unknown: set[UUID] = field(default_factory=set)


@dataclass(frozen=True)
class Producing:
    """A log and its topic."""

    log: Sequence[Logged]
    topic: Sequence[Delivered]


@dataclass(frozen=True)
class Consuming:
    """What a consumer did: events in the order noted, the projection, what followed, what waits."""

    applied: Sequence[UUID]
    projection: Mapping[UUID, Sequence[int]]
    followed_from: Counter[UUID]
    parked: Sequence[str]


@dataclass(frozen=True)
class Submitted:
    """A score on its way to DOJ as the gateway records it."""

    reference: str
    state: str
    content_hash: str | None
    receipt_number: str | None
    refusals: Sequence[str] = ()


@dataclass(frozen=True)
class Arrived:
    """What DOJ took under a reference."""

    reference: str
    content_hash: str
    status: str
    deliveries: int
