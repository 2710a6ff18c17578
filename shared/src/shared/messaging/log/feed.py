"""The feed: the same events as the topic, read from the log itself, page by page.

Rows, the log's end and the partitions' tails come from one statement, and so from one snapshot. A
page searches a limited part of the log, however rare the filtered events are: `next` advances even
if nothing was found.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping, text

from shared.database.transaction import Transaction
from shared.errors import ConflictError, GoneError
from shared.messaging.log.epochs import Fork, earliest_fork
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.log.positions import Position

EVENTS_SCANNED = 20_000

_COLUMNS = ", ".join(LoggedEvent._fields)
_PAGE = """
    SELECT head.epoch, head.sequenced_through, head.tails,
           (SELECT sequence FROM event_log ORDER BY sequence LIMIT 1) AS oldest, event.*
    FROM publication AS head
    LEFT JOIN LATERAL (
        SELECT {columns} FROM event_log
        WHERE sequence > :after AND sequence <= least(:through, head.sequenced_through) {narrowed}
        ORDER BY sequence LIMIT :limit
    ) AS event ON true
    ORDER BY event.sequence
"""
_NARROWED = {
    "types": "AND type = ANY(:types)",
    "subject_id": "AND subject_id = :subject_id",
    "partition": "AND partition = :partition",
}


@dataclass(frozen=True)
class FeedQuery:
    """Filters; None does not filter. If `after` is None, from the beginning of the log."""

    after: Position | None
    limit: int
    types: Collection[str] | None = None
    subject_id: UUID | None = None
    partition: int | None = None


@dataclass(frozen=True)
class FeedPage:
    """The events found, and the state of the log in the same snapshot."""

    events: Sequence[LoggedEvent]
    next: Position
    sequenced_through: int
    tails: Sequence[int]

    @property
    def is_at_the_end(self) -> bool:
        """Whether the log had nothing more when this was read."""
        return self.next.sequence >= self.sequenced_through


class StaleEpochError(ConflictError):
    """The position belongs to an epoch that has ended; the message is how to continue."""

    def __init__(self, asked: Position, current: int, fork: Fork) -> None:
        super().__init__(
            f"epoch {fork.epoch} began after sequence {fork.began_after}: if you applied "
            f"nothing beyond it, continue with after={current}:<your last sequence>; otherwise"
            " undo what you made of the events beyond it first",
            code="epoch-ended",
            members={
                "asked": str(asked),
                "epoch": current,
                "began_after": fork.began_after,
                "tails": list(fork.tails),
            },
        )


class AheadOfLogError(ConflictError):
    """The log has not reached this position; its database may have been restored."""


class NoLongerHeldError(GoneError):
    """What follows the position is older than the log's retention."""


async def read_page(tx: Transaction, query: FeedQuery) -> FeedPage:
    """Return the next events after a position.

    Raises StaleEpochError, AheadOfLogError or NoLongerHeldError.
    """
    rows = await _rows(tx, query)
    if not rows:
        return FeedPage([], query.after or Position(1, 0), 0, [])
    head = rows[0]
    after = query.after or Position(head["epoch"], 0)
    if after.epoch < head["epoch"]:
        raise StaleEpochError(after, head["epoch"], await earliest_fork(tx, after.epoch))
    _require_held(after, head)
    events = [LoggedEvent(*(row[name] for name in LoggedEvent._fields)) for row in rows]
    found = events if head["sequence"] is not None else []
    through = min(after.sequence + EVENTS_SCANNED, head["sequenced_through"])
    reached = found[-1].sequence if len(found) == query.limit else through
    return FeedPage(found, Position(after.epoch, reached), head["sequenced_through"], head["tails"])


async def sequenced_through(tx: Transaction) -> int:
    """Return the sequence of the log's last event."""
    found = await tx.execute(text("SELECT sequenced_through FROM publication"))
    return found.scalar_one_or_none() or 0


async def _rows(tx: Transaction, query: FeedQuery) -> Sequence[RowMapping]:
    asked = {
        "types": None if query.types is None else list(query.types),
        "subject_id": query.subject_id,
        "partition": query.partition,
    }
    narrowing = {name: value for name, value in asked.items() if value is not None}
    narrowed = " ".join(_NARROWED[name] for name in narrowing)
    after = query.after.sequence if query.after else 0
    place = {"after": after, "through": after + EVENTS_SCANNED, "limit": query.limit}
    statement = text(_PAGE.format(columns=_COLUMNS, narrowed=narrowed))
    return (await tx.execute(statement, place | narrowing)).mappings().all()


def _require_held(after: Position, head: RowMapping) -> None:
    if after.epoch > head["epoch"] or after.sequence > head["sequenced_through"]:
        end = Position(head["epoch"], head["sequenced_through"])
        raise AheadOfLogError(
            f"the log ends at {end}, before {after}",
            code="position-ahead-of-log",
            members={"ends_at": str(end)},
        )
    if head["oldest"] is not None and after.sequence + 1 < head["oldest"]:
        begins = Position(head["epoch"], head["oldest"] - 1)
        raise NoLongerHeldError(
            f"the events after {after} are no longer kept: the log begins after {begins}",
            code="no-longer-held",
            members={"begins_after": str(begins)},
        )
