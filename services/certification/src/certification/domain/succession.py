"""Renewals and upgrades of a certification.

Both are new decisions. A late renewal leaves a gap that stays visible. A certification that was
revoked or surrendered cannot be renewed, whatever its term; its holder must submit a new
application. A suspended one must be reinstated first, because a renewal would end the suspension.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from certification.domain.applications import Level, Purpose
from certification.domain.certification_changes import Change
from certification.domain.certifications import Certification
from certification.domain.day_bounds import DayBounds
from certification.domain.standings import TO_STATUS, Standing, Status, standing_on
from shared.errors import ConflictError, Fault, InvalidInputError

MAY_BE_FOLLOWED: Mapping[Purpose, tuple[Status, ...]] = {
    Purpose.RENEWAL: (Status.NOT_YET_CERTIFIED, Status.CERTIFIED, Status.SUSPENDED, Status.EXPIRED),
    Purpose.UPGRADE: (Status.CERTIFIED,),
}
ENDS_BY: Mapping[Purpose, Change] = {
    Purpose.RENEWAL: Change.RENEWED,
    Purpose.UPGRADE: Change.UPGRADED,
}
"""Changes that end a certification on the day on which its renewal or upgrade begins."""
TAKEN = (Status.SUSPENDED, Status.REVOKED, Status.SURRENDERED)
"""Statuses that bar a holder from practice by decision or by surrender."""


def refuse_succession(
    purpose: Purpose,
    followed: Certification,
    standings: Sequence[Standing],
    level: Level | None,
    on: date,
    ended: Change | None = None,
) -> None:
    """Raise ConflictError if the status does not allow it, InvalidInputError for a wrong level.

    `ended` is the change that ended the certification permanently, also on a future day.
    """
    status = TO_STATUS[ended] if ended else standing_on(standings, on).status
    if status not in MAY_BE_FOLLOWED[purpose]:
        raise _refused(purpose, followed, status)
    if fault := _level_fault(purpose, followed.level, level):
        raise InvalidInputError(
            f"a {purpose} for this level is not possible",
            code="level-at-odds",
            faults=[Fault("level", fault)],
        )


def refuse_lifting(
    purpose: Purpose,
    followed: Certification,
    standings: Sequence[Standing],
    begins: date,
    today: date,
) -> None:
    """Raise ConflictError for a grant that would end a suspension by replacing it.

    If the certification expired while suspended, the Board may decide again, knowing of it.
    """
    last_day = min(begins, followed.effective_until) - timedelta(days=1)
    is_running = today < followed.effective_until
    if is_running and standing_on(standings, last_day).status is Status.SUSPENDED:
        raise _refused(purpose, followed, Status.SUSPENDED)


def refuse_moved_start(
    followed: Certification, standings: Sequence[Standing], was: date, begins: date
) -> None:
    """Raise ConflictError if a new first day conflicts with the certification before it.

    A certification that was replaced early ended on the present first day; a later one would leave
    a gap. And nothing may begin while the one before is suspended, revoked or surrendered.
    """
    replaced = next((each for each in standings if each.status is Status.REPLACED), None)
    if replaced is not None and begins > replaced.effective_from:
        raise ConflictError(
            f"certification {followed.number} was replaced by this one on "
            f"{replaced.effective_from}; a later first day would leave a gap between them",
            code="replaced-before",
            members={
                "certification_id": str(followed.id),
                "effective_on": replaced.effective_from.isoformat(),
            },
        )
    for each in standings:
        is_meanwhile = each.effective_from < was and (
            each.effective_until is None or begins < each.effective_until
        )
        if each.status in TAKEN and is_meanwhile:
            raise ConflictError(
                f"from {each.effective_from} on the certification before this one is "
                f"{each.status}; this one must not begin in that time",
                code=f"{each.status}-certification",
                members={
                    "certification_id": str(followed.id),
                    "certification_status": each.status.value,
                },
            )


def refuse_moved_end(
    followed: Certification, standings: Sequence[Standing], until: date, follower: Certification
) -> None:
    """Raise ConflictError for an end after the first day of the next certification.

    Two would be valid at once. A replaced certification ended on that day, whatever its term.
    """
    is_replaced = any(each.status is Status.REPLACED for each in standings)
    if until > follower.effective_from and not is_replaced:
        raise ConflictError(
            f"certification {followed.number} is followed by another from "
            f"{follower.effective_from} on; it must not end after that day",
            code="followed-already",
            members={"certification_id": str(follower.id)},
        )


def ends_with(followed: Certification, standings: Sequence[Standing], begins: date) -> bool:
    """Whether the next certification, beginning on a day, ends this one early."""
    replaced = next((each for each in standings if each.status is Status.REPLACED), None)
    return begins < (replaced.effective_from if replaced else followed.effective_until)


def first_day(
    bounds: DayBounds, purpose: Purpose, followed: Certification | None, proposed: date | None
) -> date:
    """Return the first day of a grant; InvalidInputError if it is too far ahead.

    `followed` is the certification to renew or upgrade; None for a new one.
    """
    bounds.refuse_beginning(
        "effective_on", proposed, None if followed is None else followed.effective_until
    )
    if followed is None:
        return proposed or bounds.today
    return begins_on(purpose, followed, proposed, bounds.today)


def begins_on(
    purpose: Purpose, followed: Certification, proposed: date | None, today: date
) -> date:
    """Return the first day of a renewal or upgrade if the reviewer names none.

    A renewal decided in time begins when the term ends; a late one on the day of the decision.
    """
    if proposed is not None:
        return proposed
    if purpose is Purpose.RENEWAL:
        return max(followed.term_until, today)
    return today


def _refused(purpose: Purpose, followed: Certification, status: Status) -> ConflictError:
    return ConflictError(
        f"certification {followed.number} is {status}; a {purpose} is not possible",
        code=f"{status}-certification",
        members={"certification_status": status.value},
    )


def _level_fault(purpose: Purpose, held: Level | None, asked: Level | None) -> str | None:
    if purpose is Purpose.RENEWAL:
        return None if asked == held else f"must be {held} for a renewal"
    if held is None or asked is None:
        return "must be omitted, because a program has no level"
    return None if asked.is_above(held) else f"must be above {held}"
