"""An application to the Board: who would be certified as what, and where the file stands.

The processing clock starts on the day on which the last required item arrived, whenever staff find
the file complete (the Board's later pages: "from the date that your completed application is
received"); so received, complete, found complete and decided are kept apart.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.application_moves import MOVES, TURNS, ApplicationState, Move, WaitingOn
from shared.clock import california_date
from shared.errors import ConflictError


class Kind(StrEnum):
    """Who would be certified; both certifications are needed to treat."""

    PROVIDER = "provider"
    PROGRAM = "program"


class Purpose(StrEnum):
    """What an application is for; a change of level is a new decision, never an edit."""

    NEW = "new"
    RENEWAL = "renewal"
    UPGRADE = "upgrade"


class Level(StrEnum):
    """The levels at which an individual provider is certified, the lowest first."""

    STUDENT = "student"
    APPRENTICE = "apprentice"
    ASSOCIATE = "associate"
    INDEPENDENT = "independent"

    def is_above(self, other: "Level") -> bool:
        """Whether a provider of the other level rises by it."""
        return RANKS[self] > RANKS[other]


RANKS = {level: rank for rank, level in enumerate(Level)} | {Level.APPRENTICE: 0}
"""Student took Apprentice's place: neither is above the other."""


class ClientBand(StrEnum):
    """How many clients a program has; its fee depends on it."""

    UP_TO_TEN = "1-10"
    ELEVEN_TO_FORTY = "11-40"
    OVER_FORTY = "41+"


class EntityType(StrEnum):
    """What a program is in law."""

    SOLE_PROPRIETOR = "sole-proprietor"
    PARTNERSHIP = "partnership"
    LIMITED_LIABILITY_COMPANY = "limited-liability-company"
    CORPORATION = "corporation"
    NONPROFIT = "nonprofit"
    GOVERNMENT_AGENCY = "government-agency"


class LiveScan(StrEnum):
    """How far the fingerprint check is; what it found never enters this system."""

    SENT = "sent"
    RECEIVED = "received"
    CLEARED = "cleared"
    HOLD = "hold"


@dataclass(frozen=True)
class ProgramPlace:
    """Where a program has its headquarters and which counties it serves, as FIPS codes."""

    headquarters_county: str
    served_counties: tuple[str, ...]


@dataclass(frozen=True)
class Application:
    """One application; `level` is a provider's; band, entity type and place are a program's.

    `completed_at` is when the last required item had arrived, `found_complete_at` when a reviewer
    first found it so: a file found deficient afterwards keeps both.
    `certification_id` is the one that a renewal or an upgrade follows. `applicant_id` is None once
    the Board has unlinked the account: nobody sees the file as its own then. `another_reason` is
    why the account applies once more for what it has applied for, or holds, already.
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
        """The day in California on which everything was there."""
        return None if self.completed_at is None else california_date(self.completed_at)

    @property
    def found_complete_on(self) -> date | None:
        """The day in California on which a reviewer first found it complete."""
        return None if self.found_complete_at is None else california_date(self.found_complete_at)

    @property
    def days_until_found(self) -> int | None:
        """How many days the complete file lay until it was found so; None until then."""
        if self.completed_on is None or self.found_complete_on is None:
            return None
        return (self.found_complete_on - self.completed_on).days

    @property
    def has_clock(self) -> bool:
        """Whether the processing clock has started; it may stand while the applicant answers."""
        return self.completed_at is not None

    @property
    def waiting_on(self) -> WaitingOn | None:
        """Whose turn it is; nobody's once it is over."""
        return TURNS[self.state]


def moved(application: Application, move: Move) -> Application:
    """Move it; ConflictError where its state does not allow that."""
    target = MOVES[move].get(application.state)
    if target is None:
        allowed = " or ".join(MOVES[move])
        raise ConflictError(
            f"to {move}, an application must be {allowed}; this one is {application.state}",
            code="wrong-state",
        )
    return replace(application, state=target, version=application.version + 1)


def submitted(application: Application, checklist: str, on: date) -> Application:
    """Hand a draft in: from that day on it is received, under the checklist in force."""
    return replace(moved(application, Move.SUBMIT), checklist=checklist, received_on=on)


def found_complete(moved_on: Application, since: datetime, at: datetime) -> Application:
    """Everything was there since an instant, from which the processing clock counts; found so now.

    A file found complete before has had its clock all along, and keeps its place in the queue.
    """
    return replace(
        moved_on,
        completed_at=moved_on.completed_at or since,
        found_complete_at=moved_on.found_complete_at or at,
    )


def reopened(application: Application) -> Application:
    """An appeal reversed its denial: it is in line again, at the place of its complete date."""
    return replace(moved(application, Move.REOPEN), decided_on=None)
