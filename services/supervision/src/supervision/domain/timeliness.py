"""Figures of a timeliness report, per rule and county or agency. They identify no person."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.errors import Fault, InvalidInputError


class Grouping(StrEnum):
    """How the duties of a report are grouped."""

    COUNTY = "county"
    AGENCY = "agency"


@dataclass(frozen=True)
class Timeliness:
    """How the duties of one rule were met in one group.

    `group` is None for duties that belong to no case. Days run from the start of the clock to the
    day met; median and 90th percentile are interpolated like MEDIAN and PERCENTILE.INC in a
    spreadsheet, and None if no duty was met. `counts_toward_a_day` is true if every duty of the
    rule must be met before an event, such as a renewal before the expiry; those have no such days.
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
        """The number of duties except canceled ones."""
        return self.met_in_time + self.met_late + self.overdue + self.pending


def check_span(since: date, until: date) -> None:
    """Refuse a period that does not end after it begins. Its last day is not included."""
    if until <= since:
        raise InvalidInputError(
            "`until` must be after `from`",
            code="impossible-span",
            faults=[Fault("until", "must be after `from`")],
        )
