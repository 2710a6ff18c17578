"""What a timeliness report says of a county or agency: figures of a rule, of nobody in person."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.errors import Fault, InvalidInputError


class Grouping(StrEnum):
    """By what duties are put together."""

    COUNTY = "county"
    AGENCY = "agency"


@dataclass(frozen=True)
class Timeliness:
    """How a rule was kept in one group; days run from the start of the clock to the day met.

    `group` is None for duties of no case. The median and the 90th percentile are interpolated, as
    spreadsheets do it (MEDIAN, PERCENTILE.INC); None where nothing was met. A duty that counts
    toward a day, as a renewal does toward the expiry, has no such days: met long before, it was no
    slower than met the day before. A rule of nothing else `counts_toward_a_day`.
    """

    group: str | None
    rule: str
    met_in_time: int
    met_late: int
    overdue: int
    pending: int
    canceled: int
    counts_toward_a_day: bool
    median_days: float | None
    percentile_90_days: float | None

    @property
    def owed(self) -> int:
        """All but the canceled."""
        return self.met_in_time + self.met_late + self.overdue + self.pending


def check_span(since: date, until: date) -> None:
    """Refuse a span of due dates that ends before it begins, or with it: the end is not in it."""
    if until <= since:
        raise InvalidInputError(
            "the span of due dates must end after it begins",
            code="impossible-span",
            faults=[Fault("until", "must lie after from")],
        )
