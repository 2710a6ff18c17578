"""A forecast of late checks for completeness: first due, first checked, at the observed pace.

It is a plain sum, not a simulation, because a check is short and any reviewer can do it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certification.domain.forecast.horizon import Horizon
from certification.domain.forecast.observed import FEWEST_DAYS


@dataclass(frozen=True)
class ScreeningOutlook:
    """How many files wait for their check, and how many of the checks will be late.

    `late_at_pace` includes those already overdue. It and the pace are None if too few working days
    were observed.
    """

    waiting: int
    overdue: int
    per_working_day: float | None
    late_at_pace: int | None


def screening_outlook(
    due_dates: Sequence[date], screened: int, working_days: int, horizon: Horizon
) -> ScreeningOutlook:
    """Check files by due date, at a fixed number per working day from today on."""
    overdue = sum(due_on < horizon.today for due_on in due_dates)
    if working_days < FEWEST_DAYS:
        return ScreeningOutlook(len(due_dates), overdue, None, None)
    pace = screened / working_days
    late = sum(
        place > pace * (horizon.last_until(due_on) + 1)
        for place, due_on in enumerate(sorted(due_dates), start=1)
    )
    return ScreeningOutlook(len(due_dates), overdue, pace, late)
