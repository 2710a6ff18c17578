"""An intake: a list of who is certified, looked at first, then taken in, and undone if need be.

Nothing of it is deleted: what is undone is voided, and the list stays with what came of each line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.applications import Kind
from shared.errors import ConflictError


class LineOutcome(StrEnum):
    """What came of a line."""

    READY = "ready"
    REFUSED = "refused"
    MADE = "made"
    UNDONE = "undone"
    KEPT = "kept"
    """It was to be undone and cannot be: something depends on it."""


STANDING = (LineOutcome.MADE, LineOutcome.KEPT)
"""What nobody has undone."""


class RunKind(StrEnum):
    """What a run does with the lines, a batch at a time."""

    APPLYING = "applying"
    UNDOING = "undoing"


class IntakeState(StrEnum):
    """Where an intake stands."""

    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    STOPPED = "stopped"
    """A batch was refused as a whole, and with it the run; it may be asked for again."""


ENDS_AS = {
    RunKind.APPLYING: (IntakeState.APPLYING, IntakeState.APPLIED),
    RunKind.UNDOING: (IntakeState.UNDOING, IntakeState.UNDONE),
}
DEPENDENTS: Mapping[str, str] = {
    "changed-since": "the certification, or what is said of its holder, was changed since",
    "account-linked": "an account was linked with its holder, or unlinked",
    "applied-for": "somebody applied to renew or upgrade it",
    "certified-again": "its holder has another certification",
    "supervision-agreement": "its holder is in a supervision agreement",
    "scorer-credential": "its holder has a scorer credential",
    "program-provider": "its holder is a program with providers, or a provider of one",
}
"""What may keep a line from being undone, by code."""


@dataclass(frozen=True)
class Intake:
    """One list as it was received."""

    id: UUID
    kind: Kind
    columns: tuple[str, ...]
    sha256: str
    size_bytes: int
    received_at: datetime
    received_by: str


@dataclass(frozen=True)
class IntakeRun:
    """One applying or undoing; it is asked for once, and worked off by whoever comes by."""

    id: UUID
    intake_id: UUID
    kind: RunKind
    skips_refused: bool
    asked_at: datetime
    asked_by: str
    asked_roles: tuple[str, ...]
    correlation_id: UUID
    finished_at: datetime | None = None
    stopped_because: str | None = None


def state_of(runs: Sequence[IntakeRun]) -> IntakeState:
    """Where an intake with these runs stands, the first of them first."""
    if not runs:
        return IntakeState.CHECKED
    last = runs[-1]
    under_way, done = ENDS_AS[last.kind]
    if last.finished_at is None:
        return under_way
    return IntakeState.STOPPED if last.stopped_because else done


def refuse_applying(
    state: IntakeState, counts: Mapping[LineOutcome, int], *, skip_refused: bool
) -> None:
    """Raise ConflictError unless it was looked at alone, and what is refused may be left out."""
    if state not in {IntakeState.CHECKED, IntakeState.STOPPED}:
        raise ConflictError(
            f"this intake is {state}, and a list is taken in once: send what it lacks as another",
            code="already-applied",
        )
    if counts[LineOutcome.REFUSED] and not skip_refused:
        raise ConflictError(
            f"{counts[LineOutcome.REFUSED]} lines are refused: mend the list and send it anew,"
            " or say skip_refused to take in the others",
            code="lines-refused",
            members={"refused": counts[LineOutcome.REFUSED]},
        )
    if not counts[LineOutcome.READY]:
        raise ConflictError("no line can be taken in", code="nothing-to-apply")


def refuse_same_list(standing: UUID | None) -> None:
    """Raise ConflictError where something of the very same list, sent before, stands already."""
    if standing is not None:
        raise ConflictError(
            f"the very same list was taken in as intake {standing}, and something of it stands:"
            " undo that first, or send only the lines that it lacks",
            code="same-list",
            members={"intake_id": str(standing)},
        )


def refuse_undoing(state: IntakeState, counts: Mapping[LineOutcome, int]) -> None:
    """Raise ConflictError while another run is under way, or where nothing of it stands."""
    if state in {IntakeState.APPLYING, IntakeState.UNDOING}:
        raise ConflictError(
            f"this intake is {state}: wait until that is done", code="run-under-way"
        )
    if not counts[LineOutcome.MADE] + counts[LineOutcome.KEPT]:
        raise ConflictError("nothing of this intake stands", code="nothing-to-undo")
