"""Decides whether records at a partition's end are the log's own, lost by the log, or foreign.

Sequences have no gaps and are sent in order. So if the log was restored to an earlier state, the
topic contains an event numbered shortly after the log's end, at a sequence for which Kafka has not
acknowledged an event of this log. Only such an event contradicts the log. Any other record that the
log does not have is foreign if it comes after one that the log has.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from uuid import UUID

from shared.database.unpooled_connections import Connection
from shared.messaging.kafka.topics import Tail
from shared.messaging.log import event_log
from shared.messaging.log.event_log import LogEntry
from shared.messaging.log.positions import Position
from shared.messaging.log.publication import Publication
from shared.messaging.wire.envelope import Envelope, MalformedRecordError, parse

MOST_IN_FLIGHT = 10_000
"""Nothing is ever sent more than this many sequences after one that Kafka did not get: a partition
that does not answer stops all sending within a few batches."""


class RecordKind(Enum):
    """How a record relates to the log."""

    OURS = auto()
    OF_AN_ENDED_EPOCH = auto()
    LOST = auto()
    """An event of this log that was lost when its database was restored."""
    DOUBTFUL = auto()
    """Foreign if an earlier record is the log's own; otherwise the topic may be another log's."""
    FOREIGN = auto()


@dataclass
class TopicEnd:
    """What was found at the end of one partition.

    `held` is the last sequence of the log found in Kafka; None if none was found. It is anchored
    if an event's id proves it, and settled if it is the log's end in this partition.
    """

    held: int | None = None
    is_anchored: bool = False
    is_settled: bool = False
    lost: Position | None = None
    doubtful: Position | None = None
    foreign: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class LogEnd:
    """The end of the log in one partition; `acknowledged` is the last sequence that Kafka has.

    `through` is the sequence up to which Kafka acknowledged everything, in all partitions.
    """

    publication: Publication
    through: int
    partition: int
    acknowledged: int


async def end_of(connection: Connection, log: LogEnd, tail: Tail) -> TopicEnd:
    """Search a tail backward from its newest record for the log's own end.

    The highest sequence found counts, because older events may have been sent again after it.
    """
    found = TopicEnd()
    read = list(_read(tail))
    entries = await event_log.entries_at(connection, list(_sequences(read)))
    judge = _Judge(connection, log, entries)
    for offset, record in reversed(read):
        if isinstance(record, MalformedRecordError):
            found.foreign.append(f"partition {log.partition}, offset {offset}: no event ({record})")
            continue
        _note(found, log, await judge.kind_of(record), offset, record)
        if found.is_settled:
            return _with_undecodable(found, log, tail, offset)
    return _with_undecodable(found, log, tail, tail.start - 1)


def _with_undecodable(found: TopicEnd, log: LogEnd, tail: Tail, after: int) -> TopicEnd:
    """Count as foreign what could not be decoded after this offset; earlier records are settled."""
    behind = [each for each in tail.undecodable if each.first > after]
    found.foreign += [f"partition {log.partition}, {each}" for each in behind]
    return found


def _note(found: TopicEnd, log: LogEnd, kind: RecordKind, offset: int, record: Envelope) -> None:
    at = _place(record)
    if kind is RecordKind.OF_AN_ENDED_EPOCH:  # of this epoch nothing was sent here yet
        found.held, found.is_settled = log.publication.sequenced_through, True
    elif kind is RecordKind.OURS:
        found.held = max(found.held or 0, at.sequence)
        found.is_settled = at.sequence >= log.acknowledged
        found.is_anchored |= record.sequence is not None
    elif kind is RecordKind.LOST:
        found.lost = found.lost or at
    elif at.sequence > 0:  # a watermark of the beginning contradicts nothing
        found.doubtful = at if kind is RecordKind.DOUBTFUL else found.doubtful
        found.foreign.append(f"partition {log.partition}, offset {offset}: {at} is of no log")
    found.is_anchored |= found.is_settled


class _Judge:
    """Classifies the records of one partition; `entries` are the log's entries at their places."""

    def __init__(
        self, connection: Connection, log: LogEnd, entries: Mapping[int, LogEntry]
    ) -> None:
        self._connection = connection
        self._log = log
        self._entries = entries

    async def kind_of(self, record: Envelope) -> RecordKind:
        """Decide whether a record is the log's own, lost by the log, or foreign."""
        epoch, sequence = self._log.publication.epoch, _place(record).sequence
        if self._is_ours(record):
            return RecordKind.OURS
        if record.epoch < epoch:
            return RecordKind.OF_AN_ENDED_EPOCH
        if record.epoch > epoch + 1:  # epochs begin one after the other
            return RecordKind.FOREIGN
        is_near = sequence <= self._log.publication.sequenced_through + 1 + MOST_IN_FLIGHT
        fits = is_near and self._follows(record.previous_sequence)
        is_lost = fits and (record.epoch > epoch or await self._is_in_a_free_place(record))
        return RecordKind.LOST if is_lost else RecordKind.DOUBTFUL

    def _is_ours(self, record: Envelope) -> bool:
        if record.sequence is None:
            is_here = record.epoch == self._log.publication.epoch
            return is_here and self._is_logged(record.previous_sequence)
        is_here = record.epoch <= self._log.publication.epoch
        return is_here and self._is_logged(record.sequence, record.event_id)

    def _follows(self, previous: int) -> bool:
        """Whether the log has the event before it, or it is the first of its partition."""
        return previous == 0 or self._is_logged(previous)

    def _is_logged(self, sequence: int, event_id: UUID | None = None) -> bool:
        """Whether the log has an event there; for a watermark, it may be no longer kept."""
        if event_id is None and sequence == self._log.acknowledged:
            return True
        entry = self._entries.get(sequence)
        if entry is None or entry.partition != self._log.partition:
            return False
        return event_id is None or entry.event_id == event_id

    async def _is_in_a_free_place(self, event: Envelope) -> bool:
        """Whether Kafka has not acknowledged an event of this log there; False for a watermark."""
        if event.sequence is None or event.sequence <= self._log.through:
            return False
        place = (event.previous_sequence, self._log.partition)
        after = await event_log.next_in_partition(self._connection, *place)
        return after is None or after > self._log.through


def _read(tail: Tail) -> Iterator[tuple[int, Envelope | MalformedRecordError]]:
    for record in tail.records:
        try:
            yield record.offset, parse(record)
        except MalformedRecordError as fault:
            yield record.offset, fault


def _sequences(read: list[tuple[int, Envelope | MalformedRecordError]]) -> Iterator[int]:
    for _, record in read:
        if isinstance(record, Envelope):
            yield record.previous_sequence
            if record.sequence is not None:
                yield record.sequence


def _place(record: Envelope) -> Position:
    """Return the place of an event, or the one that a watermark names."""
    sequence = record.previous_sequence if record.sequence is None else record.sequence
    return Position(record.epoch, sequence)
