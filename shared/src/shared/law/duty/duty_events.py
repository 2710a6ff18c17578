"""The events that announce changes of duties; they contain only ids, codes and dates."""

from datetime import date
from enum import StrEnum
from typing import Any

from shared.events.duties import (
    DutyCanceled,
    DutyDueSoon,
    DutyHandedOver,
    DutyMet,
    DutyMoved,
    DutyOpened,
    DutyOverdue,
    DutyPaused,
    DutyReopened,
    DutyResumed,
)
from shared.law.counting.notices import Notice, NoticeKind
from shared.law.duty.duties import Duty, Owner


class LawChangeCause(StrEnum):
    """What caused the move of a duty."""

    RULEBOOK = "rulebook-change"
    CALENDAR = "calendar-change"


def opened(duty: Duty) -> DutyOpened:
    """The event for a new duty."""
    return DutyOpened(**_snapshot(duty))


def met(duty: Duty, on: date) -> DutyMet:
    """The event for a duty that was met; its state shows whether in time."""
    return DutyMet(**_snapshot(duty), met_on=on, met_at=duty.met_at)


def reopened(duty: Duty) -> DutyReopened:
    """The event for a duty that is owed again."""
    return DutyReopened(**_snapshot(duty))


def paused(duty: Duty, on: date) -> DutyPaused:
    """The event for a stopped clock."""
    return DutyPaused(**_snapshot(duty), paused_on=on)


def resumed(duty: Duty) -> DutyResumed:
    """The event for a clock that runs again."""
    return DutyResumed(**_snapshot(duty))


def canceled(duty: Duty) -> DutyCanceled:
    """The event for a duty that is no longer owed."""
    return DutyCanceled(**_snapshot(duty))


def handed_over(duty: Duty, before: Owner) -> DutyHandedOver:
    """The event for a new owner."""
    return DutyHandedOver(**_snapshot(duty), from_agency=before.agency, from_person=before.person)


def moved(duty: Duty, before: Duty, because: LawChangeCause) -> DutyMoved:
    """The event for a change of law that moved a duty, with both due dates and both owners."""
    return DutyMoved(
        **_snapshot(duty),
        because=because,
        from_due_on=before.due_on,
        from_regime=before.regime,
        from_edition=before.edition,
        from_owner_role=before.owner.role or "",
        from_owner_agency=before.owner.agency,
        from_owner_person=before.owner.person,
    )


def noticed(duty: Duty, step: int, notice: Notice) -> DutyDueSoon | DutyOverdue:
    """The event for a notice that a due date is near or past."""
    told = _snapshot(duty) | {"notify": notice.to, "step": step}
    if notice.kind is NoticeKind.DUE_SOON:
        return DutyDueSoon(**told, days_before=notice.days)
    return DutyOverdue(**told, days_after=notice.days)


def _snapshot(duty: Duty) -> dict[str, Any]:
    return {
        "duty_id": duty.id,
        "version": duty.version,
        "rule": duty.rule,
        "regime": duty.regime,
        "edition": duty.edition,
        "about_kind": duty.subject.kind,
        "about_id": duty.subject.id,
        "case_id": duty.case_id,
        "owner_role": duty.owner.role,
        "owner_agency": duty.owner.agency,
        "owner_person": duty.owner.person,
        "started_by": duty.started_by,
        "started_on": duty.started_on,
        "due_on": duty.due_on,
        "due_at": duty.due_at,
        "state": duty.state,
    }
