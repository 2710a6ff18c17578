"""What happens to a certification after its grant: one table of changes, each with its day.

Nothing is overwritten: a correction is a change too, and says what holds from then on. A change
takes effect on the day it is made or later, never earlier.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.standings import Standing, Status, standing_on
from shared.errors import ConflictError, Fault, InvalidInputError


class Change(StrEnum):
    """What may happen to a certification."""

    GRANTED = "granted"
    CORRECTED = "corrected"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    RENEWED = "renewed"
    UPGRADED = "upgraded"
    EXPIRED = "expired"
    VOIDED = "voided"


@dataclass(frozen=True)
class CertificationChange:
    """One change as it is kept; the span is the certification's as it stands after it."""

    certification_id: UUID
    number: int
    change: Change
    effective_on: date
    effective_from: date
    effective_until: date
    reasons: tuple[str, ...]
    recorded_at: datetime
    recorded_by: str


ALLOWED: Mapping[Change, tuple[Status, ...]] = {
    Change.SUSPENDED: (Status.CERTIFIED,),
    Change.REINSTATED: (Status.SUSPENDED,),
    Change.REVOKED: (Status.CERTIFIED, Status.SUSPENDED),
    Change.SURRENDERED: (Status.CERTIFIED, Status.SUSPENDED),
    Change.RENEWED: (Status.CERTIFIED,),
    Change.UPGRADED: (Status.CERTIFIED,),
}
"""In which status, on the day it takes effect, each change may be made."""

FOR_GOOD = (Change.REVOKED, Change.SURRENDERED)
"""What ends it whatever was decided for a later day: nothing of that takes effect any more."""


def refuse_change(
    change: Change, standings: Sequence[Standing], effective_on: date, today: date
) -> None:
    """Raise InvalidInputError for a day gone by, ConflictError where the status refuses."""
    if effective_on < today:
        fault = Fault("body.effective_on", "is never before today")
        raise InvalidInputError(
            f"nothing is {change} from a day gone by", code="back-dated", faults=[fault]
        )
    status = standing_on(standings, effective_on).status
    if status not in ALLOWED[change]:
        raise ConflictError(
            f"a certification is {change} when it is {' or '.join(ALLOWED[change])}; on "
            f"{effective_on} this one is {status}",
            code="wrong-status",
            members={"certification_status": status.value},
        )
    later = [each for each in standings if each.is_decided_after(effective_on)]
    if later and change not in FOR_GOOD:
        raise ConflictError(
            f"on {later[0].effective_from} it will be {later[0].status}: that was decided before",
            code="decided-before",
        )
