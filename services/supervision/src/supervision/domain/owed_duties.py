"""A duty as this service knows it from its ledger's events: what is owed, by whom, by when.

The four ledgers stay where they are; each event carries the whole duty with its version, so the
latest one says all. Whether a duty is overdue is computed from its due instant, never stored.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.law.duty.duties import RUNNING, DutyState


class Ledger(StrEnum):
    """The services that keep duties."""

    CERTIFICATION = "certification"
    SUPERVISION = "supervision"
    SCORING = "scoring"
    DOJ_GATEWAY = "doj-gateway"


@dataclass(frozen=True)
class OwingCase:
    """The case in which a duty is owed: who supervises whom."""

    id: UUID
    person_id: UUID
    agency: str
    unit: str | None
    officer_id: UUID


@dataclass(frozen=True)
class OwedDuty:
    """One duty of any ledger; `case` is None for one toward no supervised person."""

    id: UUID
    ledger: Ledger
    rule: str
    regime: str
    about_kind: str
    about_id: UUID
    case: OwingCase | None
    owner_role: str
    owner_agency: str | None
    owner_person: UUID | None
    started_on: date
    due_on: date
    due_at: datetime
    state: DutyState
    met_on: date | None

    def is_overdue(self, now: datetime) -> bool:
        """Whether the clock runs and the due day has ended."""
        return self.state in RUNNING and now >= self.due_at


def ledger_of(event_type: str) -> Ledger:
    """The ledger that announced an event, by the name it puts in front of the type."""
    return Ledger(event_type.partition(".")[0])
