"""What happens to a certification after its grant: one table of changes, each with its day.

Nothing is overwritten: a correction is a change too, and says what holds from then on. A change
takes effect on the day it is made or later, never earlier. What was decided stands: a correction
that would leave it outside of the term is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.standings import FINAL, TO_STATUS, Standing, Status, standing_on
from shared.errors import ConflictError, Fault, InvalidInputError


class Change(StrEnum):
    """What may happen to a certification."""

    GRANTED = "granted"
    CORRECTED = "corrected"
    CONTINUED = "continued"
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
    """One change as it is kept; the span is the certification's as it stands after it.

    `with_certification_id` is the certification that was changed and that this one follows; None
    for a change that was made to this one itself.
    """

    certification_id: UUID
    number: int
    change: Change
    effective_on: date
    effective_from: date
    effective_until: date
    reasons: tuple[str, ...]
    recorded_at: datetime
    recorded_by: str
    with_certification_id: UUID | None = None


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
"""What ends it for good: nothing that was decided for a later day takes effect any more."""
MADE_WHATEVER_FOLLOWS: Mapping[Change, tuple[Status, ...]] = {
    **dict.fromkeys(FOR_GOOD, tuple(Status)),
    **dict.fromkeys((Change.SUSPENDED, Change.REINSTATED), (Status.REPLACED,)),
}
"""Which standings that were decided for a later day do not stand in the way of a change.

A suspension goes on with what replaces the certification, so it need not wait for that.
"""


def refuse_change(
    change: Change, standings: Sequence[Standing], effective_on: date, today: date
) -> None:
    """Raise InvalidInputError for a day gone by, ConflictError where the status refuses."""
    if effective_on < today:
        fault = Fault("effective_on", "is never before today")
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
    passed_over = MADE_WHATEVER_FOLLOWS.get(change, ())
    later = [
        each
        for each in standings
        if each.is_decided_after(effective_on) and each.status not in passed_over
    ]
    if later:
        raise ConflictError(
            f"on {later[0].effective_from} it will be {later[0].status}: that was decided before",
            code="decided-before",
        )


def ended_for_good(changes: Sequence[CertificationChange]) -> Change | None:
    """What ended it for good, on whichever day; None for what was neither revoked nor given up."""
    return next((each.change for each in changes if each.change in FOR_GOOD), None)


def refuse_correction(
    changes: Sequence[CertificationChange],
    effective_from: date,
    effective_until: date,
    decided_on: date | None,
    today: date,
) -> None:
    """Raise ConflictError for a term that begins before its decision or drops a change's day.

    Nor does one that has expired hold again by a correction, beyond the latest end that it ever
    had: that is a new decision. `decided_on` is None for what a list brought in: its dates are what
    the list says.
    """
    if decided_on is not None:
        _refuse_reviving(changes, effective_until, today)
    if decided_on is not None and effective_from < decided_on:
        raise ConflictError(
            f"the grant was decided on {decided_on}: a certification never begins before that day",
            code="before-its-decision",
            members={"decided_on": decided_on.isoformat()},
        )
    _refuse_days_before_a_change_of_the_first_day(changes, effective_from)
    outside = [
        each
        for each in _with_effect(changes)
        if not effective_from <= each.effective_on < effective_until
    ]
    if outside:
        raise _left_out(outside[0])


def _refuse_days_before_a_change_of_the_first_day(
    changes: Sequence[CertificationChange], effective_from: date
) -> None:
    """Refuse an earlier first day where it was suspended or ended from its first day on.

    So it is when what it follows was: the days that come before would be certified ones.
    """
    first_day = changes[-1].effective_from
    on_it = [each for each in _with_effect(changes) if each.effective_on == first_day]
    if effective_from < first_day and on_it and TO_STATUS[on_it[-1].change] is not Status.CERTIFIED:
        raise _left_out(on_it[-1])


def _left_out(dropped: CertificationChange) -> ConflictError:
    return ConflictError(
        f"the certification was {dropped.change} from {dropped.effective_on} on, and these dates"
        " would leave that out, or days before it: a correction never undoes what was decided",
        code="decided-outside-term",
        members={
            "change": dropped.change.value,
            "effective_on": dropped.effective_on.isoformat(),
        },
    )


def _refuse_reviving(
    changes: Sequence[CertificationChange], effective_until: date, today: date
) -> None:
    """Refuse an end that makes what has expired hold again, beyond every end that it ever had."""
    expired_on = changes[-1].effective_until
    latest = max(each.effective_until for each in changes)
    if expired_on <= today and effective_until > latest:
        raise ConflictError(
            f"the certification expired on {expired_on}: what holds after that day is decided anew",
            code="expired-certification",
            members={"certification_status": Status.EXPIRED.value},
        )


def _with_effect(changes: Sequence[CertificationChange]) -> list[CertificationChange]:
    """The changes of its status, in the order of their days; none after one that ended it."""
    kept = []
    for each in sorted(changes, key=lambda change: change.effective_on):
        if each.change in TO_STATUS:
            kept.append(each)
            if TO_STATUS[each.change] in FINAL:
                break
    return kept
