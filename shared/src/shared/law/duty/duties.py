"""One duty of the ledger: what it knows, its states, and the moves between them.

Values in, the moved duty out. A move that is not in the table raises. Whether a duty is overdue
is computed from its due instant and never stored.
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
    """Where a duty stands."""

    OPEN = "open"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met-late"
    REOPENED = "reopened"
    CANCELED = "canceled"


class DutyMove(StrEnum):
    """What may happen to a duty after it was opened."""

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
    """Who owes a duty: a role, and whose.

    `agency` is an agency's code, or a program's id where a program owes; `person` is the id of
    the officer, provider or applicant. A role of None means the one that the regime names.
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
    """One row of the ledger.

    `was_due_on` is the due date before the law last moved it. `next_look_at` is when the clerk
    looks at it next, to give the notice `next_step` of its regime; None while no clock runs.
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
        """Whether the clock runs and the due day has ended."""
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
    """Open a duty; InvalidInputError when its regime does not let that role owe it."""
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
    """Meet it, in time or late by the fact's own time, whenever that became known."""
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
    """Take back what met it; the due date stays, and so do the notices given."""
    moved = _moving(duty, DutyMove.REOPEN)
    return replace(moved, state=DutyState.REOPENED, met_on=None, met_at=None, next_look_at=now)


def paused(duty: Duty, at: Moment, reason: str) -> Duty:
    """Stop the clock from the end of that day on."""
    moved = _moving(duty, DutyMove.PAUSE)
    return replace(
        moved,
        state=DutyState.PAUSED,
        paused_on=day_of(at),
        pause_reason=reason,
        next_look_at=None,
    )


def pauses_when_resumed(duty: Duty, at: Moment) -> tuple[Pause, ...]:
    """Every pause of the duty if the present one ends then."""
    _moving(duty, DutyMove.RESUME)
    if duty.paused_on is None or day_of(at) < duty.paused_on:
        raise InvalidInputError(
            f"a clock paused on {duty.paused_on} cannot resume on {day_of(at)}",
            code="resumed-before-paused",
            rule=duty.rule,
        )
    return (*duty.pauses, Pause(duty.paused_on, day_of(at), duty.pause_reason or "paused"))


def resumed(duty: Duty, counted_again: Deadline) -> Duty:
    """Start the clock again, due when the deadline counted with the pause says."""
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
    """Give it to another owner of the same role, with the same due date; who is told anew."""
    return replace(
        _moving(duty, DutyMove.HAND_OVER),
        owner=replace(duty.owner, agency=agency, person=person),
        next_step=FIRST_STEP,
        next_look_at=None if duty.state is DutyState.PAUSED else now,
    )


def moved(duty: Duty, counted: Deadline, owner: Owner) -> Duty:
    """Put it under a changed law: its date, its regime and who owes it may change."""
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
    """Return what a duty takes over from its deadline; the notices begin with the first."""
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
    """Return where the notices of a duty begin that is opened now.

    A duty that is due today, or was, is no longer due soon: else everybody would be told at once
    of what was only just opened. They are told if it is overdue.
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
            f"{deadline.rule.title} is owed by {' or '.join(owners)}, not by {role}",
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
