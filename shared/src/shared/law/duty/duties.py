"""One duty of the ledger: its fields, its states, and the moves between them.

Pure functions return the changed duty. A move that is not in the table raises. Whether a duty is
overdue is computed from its due instant and never stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from shared.errors import ConflictError, InvalidInputError
from shared.law.counting.deadlines import Deadline, is_in_time
from shared.law.counting.explanations import Pause
from shared.law.counting.facts import Fact, Moment, day_of
from shared.law.counting.notices import NoticeKind


class DutyState(StrEnum):
    """State of a duty.

    `open`: the clock is running. `paused`: the clock is stopped. `met`: met in time. `met-late`:
    met after the due date. `reopened`: owed again, because what met it was taken back. `canceled`:
    no longer owed.
    """

    OPEN = "open"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met-late"
    REOPENED = "reopened"
    CANCELED = "canceled"


class DutyMove(StrEnum):
    """A change of a duty after it was opened."""

    MEET = "meet"
    REOPEN = "reopen"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    HAND_OVER = "hand-over"
    MOVE = "move"


RUNNING = frozenset({DutyState.OPEN, DutyState.REOPENED})
UNMET = RUNNING | {DutyState.PAUSED}
FIRST_STEP = 1
DONE = frozenset({DutyState.MET, DutyState.MET_LATE})

MOVES: Mapping[DutyMove, frozenset[DutyState]] = {
    DutyMove.MEET: UNMET,
    DutyMove.REOPEN: DONE,
    DutyMove.PAUSE: RUNNING,
    DutyMove.RESUME: frozenset({DutyState.PAUSED}),
    DutyMove.CANCEL: UNMET,
    DutyMove.HAND_OVER: UNMET,
    DutyMove.MOVE: UNMET,
}
"""From which states each move may start."""


@dataclass(frozen=True)
class Owner:
    """Who owes a duty: a role, and which agency or person.

    `agency` is an agency's code, or a program's id if a program owes it; `person` is the id of the
    officer, provider or applicant. If the role is None, it is the one that the regime names.
    """

    role: str | None = None
    agency: str | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class Subject:
    """What a duty is about, for example an application or an assessment."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class Duty:
    """One duty of the ledger.

    `was_due_on` is the due date before the last change of law. `next_look_at` is when the clerk
    process sends the notice `next_step` of its regime; None while no clock runs.
    """

    id: UUID
    rule: str
    regime: str
    regime_from: date
    edition: str
    edition_hash: str
    rule_text: str
    citation: str
    calendar: str | None
    calendar_hash: str | None
    subject: Subject
    case_id: UUID | None
    owner: Owner
    started_by: str
    facts: tuple[Fact, ...]
    opened_at: datetime
    started_on: date
    due_on: date
    due_at: datetime
    state: DutyState
    pauses: tuple[Pause, ...]
    paused_on: date | None
    pause_reason: str | None
    met_on: date | None
    met_at: datetime | None
    was_due_on: date | None
    next_step: int
    next_look_at: datetime | None
    version: int

    def is_overdue(self, now: datetime) -> bool:
        """Whether the clock is running and the due date has ended."""
        return self.state in RUNNING and now >= self.due_at


def opened(
    duty_id: UUID,
    deadline: Deadline,
    facts: tuple[Fact, ...],
    subject: Subject,
    owner: Owner,
    case_id: UUID | None,
    now: datetime,
) -> Duty:
    """Open a duty; raises InvalidInputError if its regime does not let that role owe it."""
    return Duty(
        id=duty_id,
        rule=deadline.rule.name,
        subject=subject,
        case_id=case_id,
        owner=replace(owner, role=_owing_role(deadline, owner.role)),
        facts=facts,
        opened_at=now,
        state=DutyState.OPEN,
        pauses=(),
        paused_on=None,
        pause_reason=None,
        met_on=None,
        met_at=None,
        was_due_on=None,
        version=1,
        **(_counted(deadline) | _first_notice(deadline, now)),
    )


def met(duty: Duty, at: Moment) -> Duty:
    """Meet it, in time or late by the time of the fact, not by when it became known."""
    in_time = is_in_time(at, duty.due_on, duty.due_at)
    return replace(
        _moving(duty, DutyMove.MEET),
        state=DutyState.MET if in_time else DutyState.MET_LATE,
        met_on=day_of(at),
        met_at=at if isinstance(at, datetime) else None,
        paused_on=None,
        pause_reason=None,
        next_look_at=None,
    )


def reopened(duty: Duty, now: datetime) -> Duty:
    """Undo what met it; the due date stays, and so do the notices given."""
    moved = _moving(duty, DutyMove.REOPEN)
    return replace(moved, state=DutyState.REOPENED, met_on=None, met_at=None, next_look_at=now)


def paused(duty: Duty, at: Moment, reason: str) -> Duty:
    """Stop the clock from the end of that day."""
    moved = _moving(duty, DutyMove.PAUSE)
    return replace(
        moved,
        state=DutyState.PAUSED,
        paused_on=day_of(at),
        pause_reason=reason,
        next_look_at=None,
    )


def pauses_when_resumed(duty: Duty, at: Moment) -> tuple[Pause, ...]:
    """Every pause of the duty if the current one ends at this time."""
    _moving(duty, DutyMove.RESUME)
    if duty.paused_on is None or day_of(at) < duty.paused_on:
        raise InvalidInputError(
            f"a clock paused on {duty.paused_on} cannot resume on {day_of(at)}",
            code="resumed-before-paused",
            rule=duty.rule,
        )
    return (*duty.pauses, Pause(duty.paused_on, day_of(at), duty.pause_reason or "paused"))


def resumed(duty: Duty, counted_again: Deadline) -> Duty:
    """Start the clock again; the new due date is that of the deadline counted with the pause."""
    return replace(
        _moving(duty, DutyMove.RESUME),
        state=DutyState.OPEN,
        pauses=counted_again.pauses,
        paused_on=None,
        pause_reason=None,
        **_counted(counted_again),
    )


def canceled(duty: Duty) -> Duty:
    """End it without its being met."""
    moved = _moving(duty, DutyMove.CANCEL)
    return replace(moved, state=DutyState.CANCELED, next_look_at=None)


def handed_over(duty: Duty, agency: str | None, person: UUID | None, now: datetime) -> Duty:
    """Give it to another owner of the same role, who is notified again; the due date stays."""
    return replace(
        _moving(duty, DutyMove.HAND_OVER),
        owner=replace(duty.owner, agency=agency, person=person),
        next_step=FIRST_STEP,
        next_look_at=None if duty.state is DutyState.PAUSED else now,
    )


def moved(duty: Duty, counted: Deadline, owner: Owner) -> Duty:
    """Move it to a changed law; its due date, regime and owner may change."""
    changed = _counted(counted)
    if duty.state is DutyState.PAUSED:
        changed["next_look_at"] = None
    return replace(
        _moving(duty, DutyMove.MOVE),
        owner=replace(owner, role=_owing_role(counted, owner.role)),
        was_due_on=duty.due_on if counted.due_on != duty.due_on else duty.was_due_on,
        **changed,
    )


def _counted(deadline: Deadline) -> dict[str, Any]:
    """Return the fields that come from the deadline; the notices start with the first."""
    regime, calendar = deadline.regime, deadline.calendar
    return {
        "regime": regime.name,
        "regime_from": regime.span.effective_from,
        "edition": deadline.edition.name,
        "edition_hash": deadline.edition.hash,
        "rule_text": regime.text,
        "citation": regime.citation,
        "calendar": calendar.name if calendar else None,
        "calendar_hash": calendar.hash if calendar else None,
        "started_by": deadline.start.name,
        "started_on": deadline.started_on,
        "due_on": deadline.due_on,
        "due_at": deadline.due_at,
        "next_step": FIRST_STEP,
        "next_look_at": regime.notices[0].at(deadline.due_on),
    }


def _first_notice(deadline: Deadline, now: datetime) -> dict[str, Any]:
    """Return the first notice of a duty that is opened now.

    A duty that is due today or earlier skips the due-soon notices, which would all be sent at once.
    Only the overdue notices follow.
    """
    is_due_already = day_of(now) >= deadline.due_on
    number, first = next(
        (number, notice)
        for number, notice in enumerate(deadline.regime.notices, FIRST_STEP)
        if notice.kind is NoticeKind.OVERDUE or not is_due_already
    )
    return {"next_step": number, "next_look_at": first.at(deadline.due_on)}


def _owing_role(deadline: Deadline, named: str | None) -> str:
    role, owners = named or deadline.owner_role, deadline.regime.owners
    if role not in owners:
        raise InvalidInputError(
            f"{deadline.rule.title} must be owed by {' or '.join(owners)}, not by {role}",
            code="wrong-owner",
            rule=deadline.rule.name,
            citation=deadline.regime.citation,
        )
    return role


def _moving(duty: Duty, move: DutyMove) -> Duty:
    if duty.state not in MOVES[move]:
        raise ConflictError(
            f"a duty that is {duty.state} cannot {move}",
            code="duty-state",
            rule=duty.rule,
            citation=duty.citation,
        )
    return replace(duty, version=duty.version + 1)
