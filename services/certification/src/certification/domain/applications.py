"""An application to the Board: who applies, for what, and its state.

The 45-day clock counts from the day on which the last required item arrived, even if staff find the
application complete later (the Board's later pages: "from the date that your completed application
is received"). The days of receipt, completeness, finding and decision are therefore kept apart.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.application_moves import MOVES, TURNS, ApplicationState, Move, WaitingOn
from shared.clock import california_date
from shared.errors import ConflictError


class Kind(StrEnum):
    """Whether an individual provider or a program is certified; treatment needs both."""

    PROVIDER = "provider"
    PROGRAM = "program"


class Purpose(StrEnum):
    """What an application is for: a first certification, a renewal, or a higher level."""

    NEW = "new"
    RENEWAL = "renewal"
    UPGRADE = "upgrade"


class Level(StrEnum):
    """Level of an individual provider, lowest first.

    Student replaced apprentice at the same rank.
    """

    STUDENT = "student"
    APPRENTICE = "apprentice"
    ASSOCIATE = "associate"
    INDEPENDENT = "independent"

    def is_above(self, other: "Level") -> bool:
        """Whether this level is higher than the other."""
        return RANKS[self] > RANKS[other]


RANKS = {level: rank for rank, level in enumerate(Level)} | {Level.APPRENTICE: 0}
"""Student replaced apprentice, so both have the same rank."""


class ClientBand(StrEnum):
    """How many clients a program has; its application fee depends on it."""

    UP_TO_TEN = "1-10"
    ELEVEN_TO_FORTY = "11-40"
    OVER_FORTY = "41+"


class EntityType(StrEnum):
    """Legal form of a program."""

    SOLE_PROPRIETOR = "sole-proprietor"
    PARTNERSHIP = "partnership"
    LIMITED_LIABILITY_COMPANY = "limited-liability-company"
    CORPORATION = "corporation"
    NONPROFIT = "nonprofit"
    GOVERNMENT_AGENCY = "government-agency"


class LiveScan(StrEnum):
    """Status of the fingerprint check (Live Scan); its result never enters this system."""

    SENT = "sent"
    RECEIVED = "received"
    CLEARED = "cleared"
    HOLD = "hold"


@dataclass(frozen=True)
class ProgramPlace:
    """The counties of a program's headquarters and services, as FIPS codes."""

    headquarters_county: str
    served_counties: tuple[str, ...]


@dataclass(frozen=True)
class Application:
    """One application.

    `level` is set for providers; client band, entity type and place for programs. `completed_at` is
    when the last required item arrived, `found_complete_at` when a reviewer first found the
    application complete; both stay if it is found deficient later. `certification_id` is the
    certification to renew or upgrade. `applicant_id` is None after the Board unlinked the account;
    then nobody sees it as their own. `another_reason` is why the account applies again although it
    has an open application or a certification for the same.
    """

    id: UUID
    kind: Kind
    holder_id: UUID
    applicant_id: UUID | None
    name: str
    level: Level | None
    client_band: ClientBand | None
    place: ProgramPlace | None
    checklist: str
    state: ApplicationState
    received_on: date | None
    purpose: Purpose = Purpose.NEW
    certification_id: UUID | None = None
    entity_type: EntityType | None = None
    live_scan: LiveScan | None = None
    completed_at: datetime | None = None
    found_complete_at: datetime | None = None
    decided_on: date | None = None
    reviewer_id: UUID | None = None
    another_reason: str | None = None
    version: int = 1

    @property
    def completed_on(self) -> date | None:
        """The day in California on which the last required item arrived."""
        return None if self.completed_at is None else california_date(self.completed_at)

    @property
    def found_complete_on(self) -> date | None:
        """The day in California on which a reviewer first found the application complete."""
        return None if self.found_complete_at is None else california_date(self.found_complete_at)

    @property
    def days_until_found(self) -> int | None:
        """Days from the last item's arrival until the application was found complete."""
        if self.completed_on is None or self.found_complete_on is None:
            return None
        return (self.found_complete_on - self.completed_on).days

    @property
    def has_clock(self) -> bool:
        """Whether the 45-day clock has started; it may be paused."""
        return self.completed_at is not None

    @property
    def waiting_on(self) -> WaitingOn | None:
        """Who must act next; None if the application is closed or decided."""
        return TURNS[self.state]


def moved(application: Application, move: Move) -> Application:
    """Apply a move; ConflictError if the present state does not allow it."""
    target = MOVES[move].get(application.state)
    if target is None:
        allowed = " or ".join(MOVES[move])
        raise ConflictError(
            f"to {move}, the application must be {allowed}, but it is {application.state}",
            code="wrong-state",
        )
    return replace(application, state=target, version=application.version + 1)


def submitted(application: Application, checklist: str, on: date) -> Application:
    """Submit a draft: it is received that day, under the checklist then in force."""
    return replace(moved(application, Move.SUBMIT), checklist=checklist, received_on=on)


def found_complete(moved_on: Application, since: datetime, at: datetime) -> Application:
    """Record that everything had arrived `since` and was found complete `at`.

    An application that was found complete before keeps its clock and its place in the queue.
    """
    return replace(
        moved_on,
        completed_at=moved_on.completed_at or since,
        found_complete_at=moved_on.found_complete_at or at,
    )


def reopened(application: Application) -> Application:
    """Reopen after a reversed denial: it returns to its place in the queue."""
    return replace(moved(application, Move.REOPEN), decided_on=None)
