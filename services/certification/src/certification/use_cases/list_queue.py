"""Board staff see the queue: applications to check or decide, their age and their reviewer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from certification.domain.age_bands import AgeBand, due_between
from certification.storage import queue
from certification.storage.queue import Load, OwedByBoard, QueuedFile, QueueFilter, QueuePage
from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.in_force import Law

DECIDED_IN_DAYS = 30
WARNING_DAYS = "late-decision-warning-days"
"""The edition setting with the number of days before a lapse on which the queue warns."""


@dataclass(frozen=True)
class ListQueue:
    """The filter, the age range, the order and the page."""

    wanted: QueueFilter
    band: AgeBand | None
    is_lapsing: bool
    by_due: bool
    is_descending: bool
    after: tuple[datetime, UUID] | None
    limit: int


STARTS: Mapping[OwedByBoard, str] = {
    OwedByBoard.SCREENING: "arrival",
    OwedByBoard.DECISION: "complete",
}


def target_days(tx: Transaction, law: Law, owed: OwedByBoard) -> int:
    """Return the days within which an application of today must be checked or decided."""
    rule = law.edition.rule(queue.RULES[owed])
    return rule.regime([Fact(STARTS[owed], tx.today)]).length


async def list_queue(tx: Transaction, law: Law, command: ListQueue) -> list[QueuedFile]:
    """Read one more than the limit, so that the caller knows whether another page follows."""
    wanted = command.wanted
    if command.band is not None:
        first, last = due_between(command.band, target_days(tx, law, wanted.owed), tx.today)
        wanted = replace(wanted, due_from=first, due_until=last)
    if command.is_lapsing:
        days = law.edition.setting(WARNING_DAYS).whole
        wanted = replace(wanted, lapses_until=tx.today + timedelta(days=days))
    page = QueuePage(command.by_due, command.is_descending, command.after, command.limit)
    return await queue.files(tx, wanted, page)


async def list_loads(tx: Transaction) -> list[Load]:
    """Return each reviewer's open files and recent decisions."""
    return await queue.loads(tx, tx.now - timedelta(days=DECIDED_IN_DAYS))
