"""Opens and cancels many duties of one rule in a few statements, for bulk work such as lists.

Each duty gets the same row, history and event as a duty that is changed alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.counting.deadlines import deadline
from shared.law.counting.facts import Fact
from shared.law.duty import duties, duty_events, kept_laws
from shared.law.duty.duties import UNMET, Duty, Owner, Subject
from shared.law.duty.duty_rows import duty_of
from shared.law.duty.duty_tables import DUTIES
from shared.law.duty.duty_writing import DutyChange, open_rows_soon, update_rows_soon
from shared.law.in_force import Law


@dataclass(frozen=True)
class NewDuty:
    """A duty to open: its facts, its subject and its owner."""

    facts: tuple[Fact, ...]
    subject: Subject
    owner: Owner


async def open_duties(
    tx: Transaction, law: Law, rule: str, wanted: Sequence[NewDuty]
) -> list[Duty]:
    """Open duties about subjects that this transaction creates, so that none can exist already.

    Raises NoDutyError if nobody owes one of them; the next statement fails if one exists.
    """
    await kept_laws.insert_law_if_new(tx, law)
    opened: list[tuple[Duty, DutyChange]] = []
    for each in wanted:
        counted = deadline(law.edition, rule, each.facts, law.calendars, agency=each.owner.agency)
        duty = duties.opened(new_id(), counted, each.facts, each.subject, each.owner, None, tx.now)
        change = DutyChange("opened", duty.started_on, evidence=counted.start.evidence)
        opened.append((duty, change))
    open_rows_soon(tx, opened, [duty_events.opened(duty) for duty, _ in opened])
    return [duty for duty, _ in opened]


async def cancel_duties(
    tx: Transaction, rule: str, subject_ids: Collection[UUID], *, reason: str
) -> list[Duty]:
    """Cancel what is still owed under a rule about any of these subjects."""
    owed = select(DUTIES.c.id).where(
        DUTIES.c.rule == rule, DUTIES.c.subject_id.in_(subject_ids), DUTIES.c.state.in_(UNMET)
    )
    found = list((await tx.execute(owed)).scalars())
    locked = [duty_of(row) for row in await tx.lock_all(DUTIES, found)]
    canceled = [duties.canceled(duty) for duty in locked if duty.state in UNMET]
    change = DutyChange("canceled", tx.today, reason)
    update_rows_soon(
        tx,
        [(duty, change) for duty in canceled],
        [duty_events.canceled(duty) for duty in canceled],
    )
    return canceled
