"""Taking over: whether Kafka holds what this log says it sent.

The last event of each Kafka partition must stand in the log, the same event at the same
sequence. If Kafka is ahead or different, the database has gone back, and numbers would be given
out twice. If Kafka has lost its end, sending starts again from there: consumers skip duplicates.
"""

from shared.messaging.kafka.topics import Tail
from shared.messaging.log import event_log
from shared.messaging.log.connections import Connection
from shared.messaging.log.publication import LogRefusedError, Publication, published_through
from shared.messaging.wire.envelope import Envelope, MalformedRecordError, parse

TAIL_DEPTH = 50

_HOLDS_BETWEEN = """
    SELECT EXISTS (
        SELECT FROM event_log WHERE sequence > $1 AND sequence <= $2 AND partition = $3
           AND sequence <> ALL(ARRAY(SELECT sequence FROM withheld_records))
    )
"""


async def send_after(connection: Connection, publication: Publication, tails: list[Tail]) -> int:
    """Return the sequence after which to send; raises LogRefusedError when Kafka is no copy.

    A log that Kafka once contradicted is taken for the same again only if Kafka now shows so: a
    topic that was emptied or made anew contradicts nothing and proves nothing.
    """
    through = await published_through(connection)
    start, is_proven = through, True
    for partition, tail in enumerate(tails):
        held = await _held(connection, publication, partition, tail)
        is_whole = held >= publication.tails[partition] or _was_trimmed(tail)
        if not is_whole and await connection.fetchval(_HOLDS_BETWEEN, held, through, partition):
            start = min(start, held)
        is_proven &= held > 0 or publication.tails[partition] == 0
    if publication.refused_because is not None and not is_proven:
        raise LogRefusedError(
            f"{publication.refused_because}; since then Kafka has lost what would show that this"
            " log is the one it was"
        )
    return start


async def _held(
    connection: Connection, publication: Publication, partition: int, tail: Tail
) -> int:
    """Return the last sequence Kafka holds in a partition, checked against the log."""
    last = _last_of_ours(partition, tail)
    if last is None:
        return 0
    if last.epoch < publication.epoch:
        return publication.sequenced_through  # of this epoch nothing was sent here yet
    sequence = last.previous_sequence if last.sequence is None else last.sequence
    if last.epoch > publication.epoch or sequence > publication.sequenced_through:
        raise LogRefusedError(
            f"Kafka is ahead of the log: partition {partition} holds {last.epoch}:{sequence},"
            f" the log ends at {publication.epoch}:{publication.sequenced_through}"
        )
    if sequence > 0 and not await _is_in_log(connection, partition, sequence, last):
        raise LogRefusedError(
            f"Kafka differs from the log: partition {partition} at {last.epoch}:{sequence}"
        )
    return sequence


def _last_of_ours(partition: int, tail: Tail) -> Envelope | None:
    for record in reversed(tail.records):
        try:
            return parse(record)
        except MalformedRecordError:
            continue
    if len(tail.records) >= TAIL_DEPTH:
        raise LogRefusedError(f"partition {partition} ends in {TAIL_DEPTH} records of no event")
    return None


async def _is_in_log(connection: Connection, partition: int, sequence: int, last: Envelope) -> bool:
    entry = await event_log.entry_at(connection, sequence)
    if entry is None or entry.partition != partition:
        return False
    return last.sequence is None or entry.event_id == last.event_id


def _was_trimmed(tail: Tail) -> bool:
    """Whether the partition once held records that its retention has removed."""
    return tail.end > 0 and not tail.records
