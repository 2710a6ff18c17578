"""What follows a certification: its renewal, or an upgrade to a higher level.

Both are new decisions. A renewal may come late, and then leaves a gap that stays visible. What was
ever revoked or surrendered is not renewed, whatever its term says: its holder applies anew. What is
suspended is not renewed before it is reinstated, since the renewal would end the suspension.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from certification.domain.applications import Level, Purpose
from certification.domain.certification_changes import Change
from certification.domain.certifications import Certification
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
"""What ends a certification on the day on which its renewal or upgrade begins."""
TAKEN = (Status.SUSPENDED, Status.REVOKED, Status.SURRENDERED)
"""What keeps a holder from practice by a decision, or by the holder's own word."""


def refuse_succession(
    purpose: Purpose,
    followed: Certification,
    standings: Sequence[Standing],
    level: Level | None,
    on: date,
    ended: Change | None = None,
) -> None:
    """Raise ConflictError where the status refuses, InvalidInputError for a level at odds.

    `ended` is what ended the certification for good, on whichever day, also one to come.
    """
    status = TO_STATUS[ended] if ended else standing_on(standings, on).status
    if status not in MAY_BE_FOLLOWED[purpose]:
        raise _refused(purpose, followed, status)
    if fault := _level_fault(purpose, followed.level, level):
        raise InvalidInputError(
            f"a {purpose} cannot be for this level",
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
    """Raise ConflictError for a grant that would end a suspension by taking over from it.

    What expired while it was suspended is over: the Board then decides anew, knowing it.
    """
    last_day = min(begins, followed.effective_until) - timedelta(days=1)
    is_running = today < followed.effective_until
    if is_running and standing_on(standings, last_day).status is Status.SUSPENDED:
        raise _refused(purpose, followed, Status.SUSPENDED)


def refuse_moved_start(
    followed: Certification, standings: Sequence[Standing], was: date, begins: date
) -> None:
    """Raise ConflictError where another first day would change what was decided of the one before.

    What ends early by a renewal or an upgrade ended on the day that stands there: a later first day
    would leave its holder without either. And nothing begins while the one before is suspended,
    revoked or surrendered.
    """
    replaced = next((each for each in standings if each.status is Status.REPLACED), None)
    if replaced is not None and begins > replaced.effective_from:
        raise ConflictError(
            f"certification {followed.number} was replaced by this one on "
            f"{replaced.effective_from}; with a later first day neither would hold in between",
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
                f"{each.status}: this one does not begin meanwhile",
                code=f"{each.status}-certification",
                members={
                    "certification_id": str(followed.id),
                    "certification_status": each.status.value,
                },
            )


def refuse_moved_end(
    followed: Certification, standings: Sequence[Standing], until: date, follower: Certification
) -> None:
    """Raise ConflictError for an end after the first day of what follows: two would hold at once.

    What was replaced ended on that day whatever its term says.
    """
    is_replaced = any(each.status is Status.REPLACED for each in standings)
    if until > follower.effective_from and not is_replaced:
        raise ConflictError(
            f"certification {followed.number} is followed by another from "
            f"{follower.effective_from} on: it does not go on beyond that day",
            code="followed-already",
            members={"certification_id": str(follower.id)},
        )


def ends_with(followed: Certification, standings: Sequence[Standing], begins: date) -> bool:
    """Whether what follows, beginning on a day, ends it sooner than it would end otherwise."""
    replaced = next((each for each in standings if each.status is Status.REPLACED), None)
    return begins < (replaced.effective_from if replaced else followed.effective_until)


def begins_on(
    purpose: Purpose, followed: Certification, proposed: date | None, today: date
) -> date:
    """The day on which what follows takes effect, where the reviewer names none.

    A renewal decided in time takes over as the term ends; a late one holds from its own day.
    """
    if proposed is not None:
        return proposed
    if purpose is Purpose.RENEWAL:
        return max(followed.term_until, today)
    return today


def _refused(purpose: Purpose, followed: Certification, status: Status) -> ConflictError:
    return ConflictError(
        f"certification {followed.number} is {status}: there is no {purpose} of it",
        code=f"{status}-certification",
        members={"certification_status": status.value},
    )


def _level_fault(purpose: Purpose, held: Level | None, asked: Level | None) -> str | None:
    if purpose is Purpose.RENEWAL:
        return None if asked == held else f"a renewal stays at {held}"
    if held is None or asked is None:
        return "a program has no level to rise to"
    return None if asked.is_above(held) else f"must be above {held}"
