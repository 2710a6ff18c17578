"""Appeals against a denial: filed within a configured number of days, decided by a manager."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from certification.domain.decisions import Decision, Outcome
from shared.errors import ConflictError

OPEN_DAYS = "appeal-open-days"
"""The edition setting with the number of days."""


class AppealOutcome(StrEnum):
    """`upheld`: the denial stays in effect. `reversed`: the application must be decided again."""

    UPHELD = "upheld"
    REVERSED = "reversed"


@dataclass(frozen=True)
class Appeal:
    """One appeal; `outcome` is None while it is open."""

    id: UUID
    application_id: UUID
    decision_id: UUID
    filed_on: date
    grounds: str
    outcome: AppealOutcome | None = None
    reasons: tuple[str, ...] = ()
    decided_at: datetime | None = None
    decided_by: str | None = None


def appeal_open_until(decision: Decision, open_days: int) -> date | None:
    """Return the last day on which a denial can be appealed; None for any other decision."""
    if decision.outcome is not Outcome.DENIED:
        return None
    return decision.decided_on + timedelta(days=open_days)


def refuse_appeal(decision: Decision | None, open_days: int, on: date) -> None:
    """Raise ConflictError if there is no denial or its appeal window has closed."""
    open_until = appeal_open_until(decision, open_days) if decision else None
    if open_until is None:
        raise ConflictError("there is no denial to appeal", code="no-denial")
    if on > open_until:
        raise ConflictError(
            f"the denial could be appealed until {open_until}",
            code="appeal-window-closed",
            members={"appeal_open_until": open_until.isoformat()},
        )


def decided(
    appeal: Appeal, outcome: AppealOutcome, reasons: tuple[str, ...], *, at: datetime, by: str
) -> Appeal:
    """Decide an appeal; ConflictError if it has been decided before."""
    if appeal.outcome is not None:
        before = appeal.decided_at.isoformat() if appeal.decided_at else None
        raise ConflictError(
            f"this appeal was already {appeal.outcome} by {appeal.decided_by} at {before}",
            code="appeal-decided",
            members={"decided_by": appeal.decided_by, "decided_at": before},
        )
    return replace(appeal, outcome=outcome, reasons=reasons, decided_at=at, decided_by=by)
