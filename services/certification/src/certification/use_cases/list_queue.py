"""Board staff see the queue: what is in line and in review, how old it is, and who has it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from certification.domain.age_bands import AgeBand, due_between
from certification.storage import queue
from certification.storage.queue import Load, QueuedFile, QueueFilter, QueuePage
from shared.database.transaction import Transaction
from shared.law.counting.facts import Fact
from shared.law.in_force import Law

DECIDED_IN_DAYS = 30


@dataclass(frozen=True)
class ListQueue:
    """Which files, in which band, and how the list is ordered and cut."""

    wanted: QueueFilter
    band: AgeBand | None
    is_overdue: bool
    by_due: bool
    is_descending: bool
    after: tuple[datetime, UUID] | None
    limit: int


def target_days(tx: Transaction, law: Law) -> int:
    """Within how many days an application complete today is to be decided."""
    rule = law.edition.rule(queue.DECIDE)
    return rule.regime([Fact("complete", tx.today)]).length


async def list_queue(tx: Transaction, law: Law, command: ListQueue) -> list[QueuedFile]:
    """Read one more than the limit, so that the caller knows whether there is another page."""
    wanted = command.wanted
    if command.band is not None:
        first, last = due_between(command.band, target_days(tx, law), tx.today)
        wanted = replace(wanted, due_from=first, due_until=last)
    if command.is_overdue:
        yesterday = tx.today - timedelta(days=1)
        wanted = replace(wanted, due_until=min(wanted.due_until or yesterday, yesterday))
    page = QueuePage(command.by_due, command.is_descending, command.after, command.limit)
    return await queue.files(tx, wanted, page)


async def list_loads(tx: Transaction) -> list[Load]:
    """How much each reviewer has, and decided of late."""
    return await queue.loads(tx, tx.now - timedelta(days=DECIDED_IN_DAYS))
