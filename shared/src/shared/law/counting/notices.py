"""The steps of an escalation: who is told, how many days before the breach or after it.

Escalation happens before the breach: the owner, their supervisor, the agency lead, the operator.
Days are Californian; an instant is the local midnight with which its day begins.
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
"""Roles that may owe a duty or be told of it; "owner" is whoever owes it."""


class NoticeKind(StrEnum):
    """Whether the due day still lies ahead."""

    DUE_SOON = "due-soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Notice:
    """One step of a regime's escalation.

    `days` are calendar days: before the due day begins, or after it has ended.
    """

    kind: NoticeKind
    to: str
    days: int

    def at(self, due_on: date) -> datetime:
        """Return the instant, in UTC, from which this step is due."""
        if self.kind is NoticeKind.DUE_SOON:
            return end_of_day(due_on - timedelta(days=self.days + 1))
        return end_of_day(due_on + timedelta(days=self.days))

    @property
    def order(self) -> int:
        """Its place in time beside the other steps, in days from the beginning of the due day."""
        return -self.days if self.kind is NoticeKind.DUE_SOON else self.days + 1


def overdue_for(warned: Iterable[Notice]) -> tuple[Notice, ...]:
    """Make the steps of an escalation that states none after the breach.

    The owner and everyone who was warned are told as the due day ends, in the same order.
    """
    told = dict.fromkeys((OWNER, *(notice.to for notice in warned)))
    return tuple(Notice(NoticeKind.OVERDUE, to, 0) for to in told)
