"""A suspension, revocation or surrender reaches what follows the certification it was made to.

A renewal or an upgrade may be granted ahead. It begins later by itself, so whatever stops its
holder today would be over on that day if it did not go with the certification that follows.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from certification.domain.certification_changes import ALLOWED, CertificationChange, Change
from certification.domain.standings import Standing, standing_on


def reached_on(
    change: Change, standings: Sequence[Standing], first_day: date, effective_on: date
) -> date | None:
    """From which day the change holds for what follows; None where its status has no use for it.

    It holds from the day of the change itself, or from the first day of what follows.
    """
    on = max(effective_on, first_day)
    return on if standing_on(standings, on).status in ALLOWED[change] else None


def was_suspended_with(changes: Sequence[CertificationChange], certification_id: UUID) -> bool:
    """Whether it was last suspended because what it follows was, and not for its own sake."""
    suspensions = [each for each in changes if each.change is Change.SUSPENDED]
    return bool(suspensions) and suspensions[-1].with_certification_id == certification_id
