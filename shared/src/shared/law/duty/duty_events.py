"""A change of a duty as the event that announces it: ids, codes and dates alone."""

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
    """What moved a duty."""

    RULEBOOK = "rulebook-change"
    CALENDAR = "calendar-change"


def opened(duty: Duty) -> DutyOpened:
    """Announce a new duty."""
    return DutyOpened(**_snapshot(duty))


def met(duty: Duty, on: date) -> DutyMet:
    """Announce that it was met; the state says whether in time."""
    return DutyMet(**_snapshot(duty), met_on=on, met_at=duty.met_at)


def reopened(duty: Duty) -> DutyReopened:
    """Announce that it stands again."""
    return DutyReopened(**_snapshot(duty))


def paused(duty: Duty, on: date) -> DutyPaused:
    """Announce that its clock stands still."""
    return DutyPaused(**_snapshot(duty), paused_on=on)


def resumed(duty: Duty) -> DutyResumed:
    """Announce that its clock runs again."""
    return DutyResumed(**_snapshot(duty))


def canceled(duty: Duty) -> DutyCanceled:
    """Announce that nothing is owed any more."""
    return DutyCanceled(**_snapshot(duty))


def handed_over(duty: Duty, before: Owner) -> DutyHandedOver:
    """Announce its new owner."""
    return DutyHandedOver(**_snapshot(duty), from_agency=before.agency, from_person=before.person)


def moved(duty: Duty, before: Duty, because: LawChangeCause) -> DutyMoved:
    """Announce that a change of the law moved it; both dates and both owners are in it."""
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
    """Announce that somebody is to be told of the due date, near or past."""
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
