"""Withholds events that the broker refuses: they are in the log and on the feed, not on the topic.

If records sent together are refused, at least one is at fault: all become doubtful and are sent
one by one. A record that is refused alone is withheld, unless its partition also refuses a
watermark: then the partition is at fault. Readers notice a withheld event by the chain, and read it
from the feed.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Protocol, TypeVar

from shared.database.leases import LeaseLostError
from shared.database.unpooled_connections import Connection
from shared.messaging.kafka.refusals import RecordsRefusedError
from shared.messaging.log import event_log
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.log.publication import Publication

_WITHHELD = "SELECT sequence FROM withheld_records WHERE sequence > $1"
_TO_BE_RESENT = "SELECT sequence FROM withheld_records WHERE is_to_be_resent ORDER BY sequence"
_WITHHOLD = """
    INSERT INTO withheld_records (sequence, epoch, partition, event_id, type, reason, attempts,
                                  withheld_at, is_to_be_resent)
    SELECT $1, epoch, $2, $3, $4, $5, 1, clock_timestamp(), false
    FROM publication WHERE term = $6 AND epoch = $7
    ON CONFLICT ON CONSTRAINT pk_withheld_records DO UPDATE
        SET reason = excluded.reason, attempts = withheld_records.attempts + 1,
            is_to_be_resent = false
    RETURNING attempts
"""
_RELEASE = "DELETE FROM withheld_records WHERE sequence = $1"


class _Sequenced(Protocol):
    @property
    def sequence(self) -> int: ...


Record = TypeVar("Record", bound=_Sequenced)


@dataclass
class Doubts:
    """What a session must not send, and in which range of each partition it sends one by one."""

    withheld: Collection[int] = ()
    silent: set[int] = field(default_factory=set)
    _stretches: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, refused: RecordsRefusedError) -> None:
        """From now on send these one by one, in addition to earlier doubtful records."""
        first, last = self._stretches.get(refused.partition, (refused.first, refused.last))
        both = (min(first, refused.first), max(last, refused.last))
        self._stretches[refused.partition] = both

    def parted(
        self, partition: int, records: Sequence[Record]
    ) -> Iterator[tuple[Sequence[Record], bool]]:
        """Yield records in order, grouped into doubtful and other ones."""
        for is_doubtful, part in groupby(
            records, key=lambda record: self._is_doubtful(partition, record.sequence)
        ):
            yield list(part), is_doubtful

    def _is_doubtful(self, partition: int, sequence: int) -> bool:
        first, last = self._stretches.get(partition, (0, -1))
        return first <= sequence <= last


async def withheld_after(connection: Connection, sequence: int) -> set[int]:
    """Return the sequences that are withheld after one."""
    return {row["sequence"] for row in await connection.fetch(_WITHHELD, sequence)}


async def to_be_resent(connection: Connection) -> list[LoggedEvent]:
    """Return the events that an operator asked to send again."""
    sequences = [row["sequence"] for row in await connection.fetch(_TO_BE_RESENT)]
    found = [await event_log.read_after(connection, each - 1, 1) for each in sequences]
    return [event for events in found for event in events]


async def withhold(
    connection: Connection, publication: Publication, event: LoggedEvent, reason: str
) -> int:
    """Record that the broker refused an event; return how often it has."""
    attempts: int | None = await connection.fetchval(
        _WITHHOLD,
        *(event.sequence, event.partition, event.event_id, event.type, reason),
        *(publication.term, publication.epoch),
    )
    if attempts is None:
        raise LeaseLostError(f"term {publication.term} has ended")
    return attempts


async def release(connection: Connection, event: LoggedEvent) -> None:
    """Record that the broker has now accepted an event."""
    await connection.execute(_RELEASE, event.sequence)
