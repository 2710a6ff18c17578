"""The changes of a certification after its grant, each with its first day.

Nothing is overwritten: a correction is a change too and contains the dates from then on. A change
takes effect on the day it is made or later. A correction that would move a decided change outside
the term is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.certifications import Certification
from certification.domain.standings import FINAL, TO_STATUS, Standing, Status, standing_on
from shared.errors import ConflictError, Fault, InvalidInputError


class Change(StrEnum):
    """A change of a certification.

    `granted`: issued. `corrected`: wrong dates replaced. `continued`: extended while the Board
    decides a renewal. `suspended`: not valid until reinstated. `reinstated`: valid again.
    `revoked`: ended by the Board. `surrendered`: given up by the holder. `renewed` or `upgraded`:
    replaced by its successor. `expired`: the term ended. `voided`: recorded by mistake.
    """

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
    """One change, with the term of the certification after it.

    `with_certification_id` is the earlier certification whose change this one repeats; None if the
    change was made to this certification itself.
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


def grant_of(certification: Certification, *, at: datetime, by: str) -> CertificationChange:
    """Return the change that issues a certification for its term."""
    return CertificationChange(
        certification_id=certification.id,
        number=certification.version,
        change=Change.GRANTED,
        effective_on=certification.effective_from,
        effective_from=certification.effective_from,
        effective_until=certification.effective_until,
        reasons=(),
        recorded_at=at,
        recorded_by=by,
    )


ALLOWED: Mapping[Change, tuple[Status, ...]] = {
    Change.SUSPENDED: (Status.CERTIFIED,),
    Change.REINSTATED: (Status.SUSPENDED,),
    Change.REVOKED: (Status.CERTIFIED, Status.SUSPENDED),
    Change.SURRENDERED: (Status.CERTIFIED, Status.SUSPENDED),
    Change.RENEWED: (Status.CERTIFIED,),
    Change.UPGRADED: (Status.CERTIFIED,),
}
"""The statuses that allow each change, on the day on which it takes effect."""

FOR_GOOD = (Change.REVOKED, Change.SURRENDERED)
"""Changes that end a certification permanently; later decided changes no longer take effect."""
MADE_WHATEVER_FOLLOWS: Mapping[Change, tuple[Status, ...]] = {
    **dict.fromkeys(FOR_GOOD, tuple(Status)),
    **dict.fromkeys((Change.SUSPENDED, Change.REINSTATED), (Status.REPLACED,)),
}
"""For each change, the later decided statuses that do not prevent it.

A suspension also applies to the certification that replaces this one, so it need not wait for that.
"""


def refuse_change(
    change: Change, standings: Sequence[Standing], effective_on: date, today: date
) -> None:
    """Raise InvalidInputError for a past day, ConflictError if the status does not allow it."""
    if effective_on < today:
        fault = Fault("effective_on", "must not be before today")
        raise InvalidInputError(
            f"a certification cannot be {change} from a past day", code="back-dated", faults=[fault]
        )
    status = standing_on(standings, effective_on).status
    if status not in ALLOWED[change]:
        raise ConflictError(
            f"to be {change}, a certification must be {' or '.join(ALLOWED[change])}; on "
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
            f"it has already been decided that the certification will be {later[0].status} on "
            f"{later[0].effective_from}",
            code="decided-before",
        )


def ended_for_good(changes: Sequence[CertificationChange]) -> Change | None:
    """Return the revocation or surrender, on whichever day; None if there is none."""
    return next((each.change for each in changes if each.change in FOR_GOOD), None)


def refuse_correction(
    changes: Sequence[CertificationChange],
    effective_from: date,
    effective_until: date,
    decided_on: date | None,
    today: date,
) -> None:
    """Raise ConflictError for a term that begins before its decision or excludes a change.

    A correction also cannot make an expired certification valid beyond the latest end that it ever
    had; that needs a new decision. `decided_on` is None for a certification from an imported list,
    whose dates are those of the list.
    """
    if decided_on is not None:
        _refuse_reviving(changes, effective_until, today)
    if decided_on is not None and effective_from < decided_on:
        raise ConflictError(
            f"the grant was decided on {decided_on}; a certification must not begin before that "
            "day",
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
    """Refuse an earlier first day if a change applies from the present first day on.

    The certification before it may have passed on a suspension or an end to it. The added days
    would then wrongly count as certified.
    """
    first_day = changes[-1].effective_from
    on_it = [each for each in _with_effect(changes) if each.effective_on == first_day]
    if effective_from < first_day and on_it and TO_STATUS[on_it[-1].change] is not Status.CERTIFIED:
        raise _left_out(on_it[-1])


def _left_out(dropped: CertificationChange) -> ConflictError:
    return ConflictError(
        f"the certification was {dropped.change} from {dropped.effective_on} on; a correction "
        "must keep that change and must not add certified days before it",
        code="decided-outside-term",
        members={
            "change": dropped.change.value,
            "effective_on": dropped.effective_on.isoformat(),
        },
    )


def _refuse_reviving(
    changes: Sequence[CertificationChange], effective_until: date, today: date
) -> None:
    """Refuse an end that makes an expired certification valid beyond every end it ever had."""
    expired_on = changes[-1].effective_until
    latest = max(each.effective_until for each in changes)
    if expired_on <= today and effective_until > latest:
        raise ConflictError(
            f"the certification expired on {expired_on}; days after that need a new decision",
            code="expired-certification",
            members={"certification_status": Status.EXPIRED.value},
        )


def _with_effect(changes: Sequence[CertificationChange]) -> list[CertificationChange]:
    """Return the status changes in the order of their days, none after a permanent end."""
    kept = []
    for each in sorted(changes, key=lambda change: change.effective_on):
        if each.change in TO_STATUS:
            kept.append(each)
            if TO_STATUS[each.change] in FINAL:
                break
    return kept
