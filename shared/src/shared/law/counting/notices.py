"""The notices of a due date: who is notified, and how many days before or after it.

The owner is notified first, then the supervisor, the agency lead and the operator. Days are days in
California; a notice is due at the local midnight at which its day begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.clock import end_of_day

OWNER = "owner"
RECIPIENTS = frozenset(
    {
        *(OWNER, "applicant", "board-reviewer", "board-manager", "provider"),
        *("program-representative", "officer", "unit-supervisor", "examiner", "agency-lead"),
        *("operator", "doj"),
    }
)
"""Roles that may owe a duty or be notified of it; "owner" is whoever owes it."""


class NoticeKind(StrEnum):
    """Whether the due date is ahead or past.

    `due-soon`: sent before the due date ends. `overdue`: sent after the due date has ended.
    """

    DUE_SOON = "due-soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Notice:
    """One notice of a regime.

    `days` are calendar days before the due date begins, or after it has ended.
    """

    kind: NoticeKind
    to: str
    days: int

    def at(self, due_on: date) -> datetime:
        """Return the instant, in UTC, at which this notice is due."""
        if self.kind is NoticeKind.DUE_SOON:
            return end_of_day(due_on - timedelta(days=self.days + 1))
        return end_of_day(due_on + timedelta(days=self.days))

    @property
    def order(self) -> int:
        """The notice's position among the others, in days from the start of the due date."""
        return -self.days if self.kind is NoticeKind.DUE_SOON else self.days + 1


def overdue_for(warned: Iterable[Notice]) -> tuple[Notice, ...]:
    """Make the overdue notices of a regime that lists none.

    The owner and everyone who was warned are notified as the due date ends, in the same order.
    """
    told = dict.fromkeys((OWNER, *(notice.to for notice in warned)))
    return tuple(Notice(NoticeKind.OVERDUE, to, 0) for to in told)
