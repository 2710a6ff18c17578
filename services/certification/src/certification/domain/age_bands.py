"""How old a file's clock is: the days counted since it was complete, in four bands.

Days on which the file waited on its applicant are not counted; the ledger has moved the due date
by them, so the age follows from the days that are left.
"""

from datetime import date, timedelta
from enum import StrEnum


class AgeBand(StrEnum):
    """The bands the Board looks at, in days counted."""

    UP_TO_15 = "0-15"
    FROM_16 = "16-30"
    FROM_31 = "31-45"
    OVER_45 = "over-45"


BOUNDS: dict[AgeBand, tuple[int, int | None]] = {
    AgeBand.UP_TO_15: (0, 15),
    AgeBand.FROM_16: (16, 30),
    AgeBand.FROM_31: (31, 45),
    AgeBand.OVER_45: (46, None),
}


def age_days(due_on: date, target_days: int, on: date) -> int:
    """The days counted by a day, of a clock whose target is so many days."""
    return target_days - (due_on - on).days


def band_of(age: int) -> AgeBand:
    """The band of an age."""
    return next(band for band, (_, most) in BOUNDS.items() if most is None or age <= most)


def due_between(band: AgeBand, target_days: int, on: date) -> tuple[date | None, date]:
    """The first and last due date of the files in a band; the oldest band has no first."""
    least, most = BOUNDS[band]
    last = on + timedelta(days=target_days - least)
    return None if most is None else on + timedelta(days=target_days - most), last
