"""Before a leader publishes: compares the end of each Kafka partition with the log.

If Kafka has events that the log has lost, the database was restored to an earlier state and would
assign the same numbers again, so publishing is refused. If Kafka has lost its last events, they are
sent again; consumers skip duplicates. Foreign records, which no log wrote, are reported and
skipped; the search for the log's own events goes further back, at most to the last of the depths.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from shared.database.unpooled_connections import Connection
from shared.messaging.kafka.topics import Tail
from shared.messaging.log import event_log
from shared.messaging.log.positions import Position
from shared.messaging.log.publication import LogRefusedError, Publication, published_through
from shared.messaging.publishing.topic_ends import LogEnd, TopicEnd, end_of

DEPTHS = (50, 10_000)

_HOLDS_BETWEEN = """
    SELECT EXISTS (
        SELECT FROM event_log WHERE sequence > $1 AND sequence <= $2 AND partition = $3
           AND sequence <> ALL(ARRAY(SELECT sequence FROM withheld_records))
    )
"""

ReadTails = Callable[[Collection[int], int], Awaitable[Mapping[int, Tail]]]


@dataclass(frozen=True)
class Takeover:
    """The sequence after which to send, and the foreign records found at Kafka's ends."""

    start: int
    foreign: list[str]


async def take_over(
    connection: Connection, publication: Publication, count: int, read_tails: ReadTails
) -> Takeover:
    """Compare the ends of the partitions; raises LogRefusedError if Kafka is not a copy of the log.

    If Kafka contradicted the log before, it must now show the log's own events: an emptied or
    recreated topic does not contradict the log, but does not prove anything either.
    """
    through = await published_through(connection)
    start, is_proven, foreign = through, True, list[str]()
    for log, tail, end in await _ends(connection, publication, through, (count, read_tails)):
        _require_same(log, tail, end)
        foreign += end.foreign
        held = end.held or 0
        is_whole = held >= publication.tails[log.partition] or _is_unseen(tail, end)
        asked = (held, through, log.partition)
        if not is_whole and await connection.fetchval(_HOLDS_BETWEEN, *asked):
            start = min(start, held)
        is_proven &= held > 0 or log.acknowledged == 0
    if publication.refused_because is not None and not is_proven:
        raise LogRefusedError(
            f"{publication.refused_because}; since then Kafka has lost what would prove that this"
            " is the log it was"
        )
    return Takeover(start, foreign)


async def _ends(
    connection: Connection, publication: Publication, through: int, asked: tuple[int, ReadTails]
) -> list[tuple[LogEnd, Tail, TopicEnd]]:
    """Return the end of every partition, read back as far as necessary."""
    count, read_tails = asked
    found: dict[int, tuple[LogEnd, Tail, TopicEnd]] = {}
    open_: Collection[int] = range(count)
    for depth in DEPTHS:
        for partition, tail in (await read_tails(open_, depth)).items():
            last = publication.tails[partition]
            if last > through:
                last = await event_log.last_in_partition(connection, through, partition) or 0
            log = LogEnd(publication, through, partition, last)
            found[partition] = (log, tail, await end_of(connection, log, tail))
        open_ = [
            partition
            for partition, (_, tail, end) in found.items()
            if not end.is_settled and _is_cut(tail)
        ]
        if not open_:
            break
    return list(found.values())


def _require_same(log: LogEnd, tail: Tail, end: TopicEnd) -> None:
    """Refuse if the topic is ahead of the log, or contains only records that are not the log's."""
    if end.lost is not None:
        raise _refused(log, end.lost)
    is_expected = log.acknowledged > 0 or tail.first > 0 or _is_cut(tail)
    if end.doubtful is not None and not end.is_anchored and is_expected:
        raise _refused(log, end.doubtful)


def _refused(log: LogEnd, at: Position) -> LogRefusedError:
    ends = Position(log.publication.epoch, log.publication.sequenced_through)
    if at > ends:
        return LogRefusedError(
            f"Kafka is ahead of the log: partition {log.partition} holds {at},"
            f" the log ends at {ends}"
        )
    return LogRefusedError(f"Kafka differs from the log: partition {log.partition} at {at}")


def _is_cut(tail: Tail) -> bool:
    """Whether the partition holds more than was read."""
    return tail.start > tail.first


def _is_unseen(tail: Tail, end: TopicEnd) -> bool:
    """Whether the log's records in the partition were removed by retention, or are too far back."""
    return end.held is None and (tail.first > 0 or _is_cut(tail))
