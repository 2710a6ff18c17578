"""The age of an application: the days its clock has counted, in four ranges.

Days of waiting for the applicant are not counted. They move the due date, so the age is computed
from the days that are left until it.
"""

from datetime import date, timedelta
from enum import StrEnum


class AgeBand(StrEnum):
    """Range of days that an application's clock has counted."""

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
    """Return the days counted by `on` for a clock with this target and due date."""
    return target_days - (due_on - on).days


def band_of(age: int) -> AgeBand:
    """Return the range that contains an age."""
    return next(band for band, (_, most) in BOUNDS.items() if most is None or age <= most)


def due_between(band: AgeBand, target_days: int, on: date) -> tuple[date | None, date]:
    """Return the first and last due date of a range; the oldest range has no first date."""
    least, most = BOUNDS[band]
    last = on + timedelta(days=target_days - least)
    return None if most is None else on + timedelta(days=target_days - most), last
