"""What follows a certification: its renewal, or an upgrade to a higher level.

Both are new decisions. A renewal may come late, and then leaves a gap that stays visible; what was
revoked or surrendered is not renewed: its holder applies anew.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from certification.domain.applications import Level, Purpose
from certification.domain.certifications import Certification
from certification.domain.standings import Standing, Status, standing_on
from shared.errors import ConflictError, Fault, InvalidInputError

MAY_BE_FOLLOWED: Mapping[Purpose, tuple[Status, ...]] = {
    Purpose.RENEWAL: (Status.NOT_YET_CERTIFIED, Status.CERTIFIED, Status.SUSPENDED, Status.EXPIRED),
    Purpose.UPGRADE: (Status.CERTIFIED,),
}


def refuse_succession(
    purpose: Purpose,
    followed: Certification,
    standings: Sequence[Standing],
    level: Level | None,
    on: date,
) -> None:
    """Raise ConflictError where the status refuses, InvalidInputError for a level at odds."""
    status = standing_on(standings, on).status
    if status not in MAY_BE_FOLLOWED[purpose]:
        raise ConflictError(
            f"certification {followed.number} is {status}: there is no {purpose} of it",
            code=f"{status}-certification",
            members={"certification_status": status.value},
        )
    if fault := _level_fault(purpose, followed.level, level):
        raise InvalidInputError(
            f"a {purpose} cannot be for this level",
            code="level-at-odds",
            faults=[Fault("body.level", fault)],
        )


def begins_on(
    purpose: Purpose, followed: Certification, proposed: date | None, today: date
) -> date:
    """The day on which what follows takes effect, where the reviewer names none.

    A renewal decided in time takes over as the term ends; a late one holds from its own day.
    """
    if proposed is not None:
        return proposed
    if purpose is Purpose.RENEWAL:
        return max(followed.effective_until, today)
    return today


def _level_fault(purpose: Purpose, held: Level | None, asked: Level | None) -> str | None:
    if purpose is Purpose.RENEWAL:
        return None if asked == held else f"a renewal stays at {held}"
    if held is None or asked is None:
        return "a program has no level to rise to"
    return None if asked.is_above(held) else f"must be above {held}"
