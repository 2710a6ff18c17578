"""An intake: a list of existing certifications that is checked, imported, and undone if needed.

Nothing is deleted: undone certifications are voided, and the list keeps each line's result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.applications import Kind
from shared.errors import ConflictError


class LineOutcome(StrEnum):
    """Result of a line.

    `ready`: can be taken in. `refused`: has errors. `made`: taken in. `undone`: undone. `kept`:
    could not be undone.
    """

    READY = "ready"
    REFUSED = "refused"
    MADE = "made"
    UNDONE = "undone"
    KEPT = "kept"
    """It cannot be undone because other records depend on it."""


STANDING = (LineOutcome.MADE, LineOutcome.KEPT)
"""Results of lines that were taken in and not undone."""


class RunKind(StrEnum):
    """What a run does with the lines, in batches."""

    APPLYING = "applying"
    UNDOING = "undoing"


class IntakeState(StrEnum):
    """State of an intake."""

    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    STOPPED = "stopped"
    """A batch was refused and ended the run; the run can be started again."""


ENDS_AS = {
    RunKind.APPLYING: (IntakeState.APPLYING, IntakeState.APPLIED),
    RunKind.UNDOING: (IntakeState.UNDOING, IntakeState.UNDONE),
}
DEPENDENTS: Mapping[str, str] = {
    "changed-since": "the certification or its holder was changed afterwards",
    "account-linked": "an account was linked with or unlinked from its holder",
    "applied-for": "a renewal or an upgrade of it was applied for",
    "certified-again": "its holder has another certification",
    "supervision-agreement": "its holder is in a supervision agreement",
    "scorer-credential": "its holder has a scorer credential",
    "program-provider": "its holder is linked with a provider or a program",
}
"""Reasons why a line cannot be undone, by code."""


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
    """One run that takes in or undoes a list; any worker can process its batches."""

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
    """Return the state of an intake with these runs, oldest first."""
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
    """Raise ConflictError if the list was already taken in, or has refused lines to skip."""
    if state not in {IntakeState.CHECKED, IntakeState.STOPPED}:
        raise ConflictError(
            f"this intake is {state}; a list can be taken in only once, so send the remaining "
            "lines as a new list",
            code="already-applied",
        )
    if counts[LineOutcome.REFUSED] and not skip_refused:
        raise ConflictError(
            f"{counts[LineOutcome.REFUSED]} lines are refused; correct the list and send it "
            "again, or set skip_refused to take in the others",
            code="lines-refused",
            members={"refused": counts[LineOutcome.REFUSED]},
        )
    if not counts[LineOutcome.READY]:
        raise ConflictError("no line can be taken in", code="nothing-to-apply")


def refuse_same_list(standing: UUID | None) -> None:
    """Raise ConflictError if lines of an identical list sent before are still taken in."""
    if standing is not None:
        raise ConflictError(
            f"an identical list was taken in as intake {standing}; undo that intake first, or "
            "send only the lines that it lacks",
            code="same-list",
            members={"intake_id": str(standing)},
        )


def refuse_undoing(state: IntakeState, counts: Mapping[LineOutcome, int]) -> None:
    """Raise ConflictError while another run is under way, or if there is nothing to undo."""
    if state in {IntakeState.APPLYING, IntakeState.UNDOING}:
        raise ConflictError(
            f"this intake is {state}; wait until that has finished", code="run-under-way"
        )
    if not counts[LineOutcome.MADE] + counts[LineOutcome.KEPT]:
        raise ConflictError("there is nothing to undo in this intake", code="nothing-to-undo")
