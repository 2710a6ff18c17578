"""A duty of any service, as known here from the events of the ledger that keeps it.

Each event contains the whole duty and its version, so the event with the highest version is enough.
Whether a duty is overdue is computed when asked, never stored.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.law.duty.duties import RUNNING, DutyState


class Ledger(StrEnum):
    """The services that keep a ledger of duties."""

    CERTIFICATION = "certification"
    SUPERVISION = "supervision"
    SCORING = "scoring"
    DOJ_GATEWAY = "doj-gateway"


@dataclass(frozen=True)
class OwingCase:
    """The case that a duty belongs to: the person and who supervises them."""

    id: UUID
    person_id: UUID
    agency: str
    unit: str | None
    officer_id: UUID


@dataclass(frozen=True)
class OwedDuty:
    """One duty of any ledger. `case` is None if the duty belongs to no case."""

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
        """Whether the clock is running and the due day has ended."""
        return self.state in RUNNING and now >= self.due_at


def ledger_of(event_type: str) -> Ledger:
    """Return the ledger that published an event: the service named first in the event type."""
    return Ledger(event_type.partition(".")[0])
