"""How a suspension, revocation or surrender applies to certifications granted ahead.

A renewal or an upgrade may be granted ahead and begins later. Without this rule, a change made
today would end on the day on which that certification begins.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from certification.domain.certification_changes import ALLOWED, CertificationChange, Change
from certification.domain.standings import Standing, standing_on


def reached_on(
    change: Change, standings: Sequence[Standing], first_day: date, effective_on: date
) -> date | None:
    """Return the first day of the change for the later certification; None if it does not apply.

    It is the day of the change, or the first day of the later certification if that is later.
    """
    on = max(effective_on, first_day)
    return on if standing_on(standings, on).status in ALLOWED[change] else None


def was_suspended_with(changes: Sequence[CertificationChange], certification_id: UUID) -> bool:
    """Whether it was last suspended because the certification before it was."""
    suspensions = [each for each in changes if each.change is Change.SUSPENDED]
    return bool(suspensions) and suspensions[-1].with_certification_id == certification_id
