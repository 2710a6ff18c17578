"""An application to the Board: what it is for, its states, and the moves between them.

The processing clock starts when an application is complete, not when it is received (the Board's
later pages); so received, complete and decided are kept apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.clock import california_date
from shared.errors import ConflictError


class Kind(StrEnum):
    """Who would be certified; both certifications are needed to treat."""

    PROVIDER = "provider"
    PROGRAM = "program"


class Level(StrEnum):
    """The levels at which an individual provider is certified."""

    INDEPENDENT = "independent"
    ASSOCIATE = "associate"
    APPRENTICE = "apprentice"


class ClientBand(StrEnum):
    """How many clients a program has; its fee depends on it."""

    UP_TO_TEN = "1-10"
    ELEVEN_TO_FORTY = "11-40"
    OVER_FORTY = "41+"


class State(StrEnum):
    """Where an application stands."""

    SUBMITTED = "submitted"
    WAITING_ON_APPLICANT = "waiting-on-applicant"
    COMPLETE = "complete"
    DECIDED = "decided"


class WaitingOn(StrEnum):
    """Whose turn it is."""

    APPLICANT = "applicant"
    BOARD = "board"


class Move(StrEnum):
    """What may happen to an application after it was submitted."""

    RECEIVE_DOCUMENT = "receive a document"
    SEND_DEFICIENCY_NOTICE = "send a deficiency notice"
    CURE = "cure the last item of a deficiency"
    COMPLETE = "complete"
    ASSIGN = "assign a reviewer"
    DECIDE = "decide"


MOVES: Mapping[Move, Mapping[State, State]] = {
    Move.RECEIVE_DOCUMENT: {
        State.SUBMITTED: State.SUBMITTED,
        State.WAITING_ON_APPLICANT: State.WAITING_ON_APPLICANT,
    },
    Move.SEND_DEFICIENCY_NOTICE: {
        State.SUBMITTED: State.WAITING_ON_APPLICANT,
        State.COMPLETE: State.WAITING_ON_APPLICANT,
    },
    Move.CURE: {State.WAITING_ON_APPLICANT: State.SUBMITTED},
    Move.COMPLETE: {State.SUBMITTED: State.COMPLETE},
    Move.ASSIGN: {
        State.SUBMITTED: State.SUBMITTED,
        State.WAITING_ON_APPLICANT: State.WAITING_ON_APPLICANT,
        State.COMPLETE: State.COMPLETE,
    },
    Move.DECIDE: {State.COMPLETE: State.DECIDED},
}
"""From which state each move leads to which; any other is refused."""

TURNS: Mapping[State, WaitingOn | None] = {
    State.SUBMITTED: WaitingOn.BOARD,
    State.WAITING_ON_APPLICANT: WaitingOn.APPLICANT,
    State.COMPLETE: WaitingOn.BOARD,
    State.DECIDED: None,
}


@dataclass(frozen=True)
class Place:
    """Where a program has its headquarters and which counties it serves, as FIPS codes."""

    headquarters_county: str
    served_counties: tuple[str, ...]


@dataclass(frozen=True)
class Application:
    """One application; `level` is a provider's, `client_band` and `place` are a program's.

    `completed_at` is when it was first found complete: a file found deficient afterwards keeps it.
    """

    id: UUID
    kind: Kind
    holder_id: UUID
    applicant_id: UUID
    name: str
    level: Level | None
    client_band: ClientBand | None
    place: Place | None
    checklist: str
    state: State
    received_on: date
    completed_at: datetime | None = None
    decided_on: date | None = None
    reviewer_id: UUID | None = None
    version: int = 1

    @property
    def completed_on(self) -> date | None:
        """The day in California on which everything was there."""
        return None if self.completed_at is None else california_date(self.completed_at)

    @property
    def has_clock(self) -> bool:
        """Whether the processing clock has started; it may stand while the applicant answers."""
        return self.completed_at is not None

    @property
    def waiting_on(self) -> WaitingOn | None:
        """Whose turn it is; nobody's once it is decided."""
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


def completed(application: Application, at: datetime) -> Application:
    """Everything is there: from this instant on the processing clock counts.

    A file complete before has had its clock all along, and keeps its place in the queue.
    """
    return replace(moved(application, Move.COMPLETE), completed_at=application.completed_at or at)


def assigned(application: Application, reviewer_id: UUID) -> Application:
    """Give it to a reviewer."""
    return replace(moved(application, Move.ASSIGN), reviewer_id=reviewer_id)
