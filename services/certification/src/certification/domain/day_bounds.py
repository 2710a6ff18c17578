"""Limits for how far ahead something may begin and how long it may last, against mistyped years.

No source states either limit; both are settings of the edition in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from shared.errors import Fault, InvalidInputError
from shared.law.counting.edition_settings import Setting
from shared.law.validity import Validity

DAYS_AHEAD = "effective-days-ahead"
LONGEST_SPAN = "longest-span-days"
TOO_FAR_AHEAD = "too-far-ahead"
BEGINS_BY = "At most 400 days after today (edition setting `effective-days-ahead`)."
FOLLOWER_BEGINS_BY = (
    "At most 400 days after today, or after the end of the certification that this one follows "
    "(edition setting `effective-days-ahead`)."
)
CORRECTED_BEGINS_BY = (
    "At most 400 days after today, or after the recorded first day (edition setting "
    "`effective-days-ahead`)."
)
LASTS_UNTIL = (
    "First day on which it is no longer valid. At most 1,830 days after `effective_from` (edition "
    "setting `longest-span-days`)."
)
"""Descriptions of the limits for the API; the numbers are those of the packaged edition."""


@dataclass(frozen=True)
class DayBounds:
    """The latest day on which something may begin, and the most days it may last."""

    today: date
    days_ahead: int
    longest_days: int

    def latest_beginning(self, after: date | None = None) -> date:
        """Return the latest first day, counted from today or from a later day."""
        return max(self.today, after or self.today) + timedelta(days=self.days_ahead)

    def latest_end(self, begins: date) -> date:
        """Return the latest end of something that begins on a day."""
        return begins + timedelta(days=self.longest_days)

    def refuse_beginning(self, field: str, day: date | None, after: date | None = None) -> None:
        """Raise InvalidInputError for a day too far after today and after the other day."""
        _refuse(field, day, self.latest_beginning(after))

    def refuse_span(self, span: Validity, after: date | None = None) -> None:
        """Raise InvalidInputError for a period that begins too far ahead or lasts too long."""
        self.refuse_beginning("effective_from", span.effective_from, after)
        _refuse("effective_until", span.effective_until, self.latest_end(span.effective_from))


def day_bounds(settings: Mapping[str, Setting], today: date) -> DayBounds:
    """Return the limits that an edition sets, counted from a day."""
    return DayBounds(today, settings[DAYS_AHEAD].whole, settings[LONGEST_SPAN].whole)


def _refuse(field: str, day: date | None, latest: date) -> None:
    if day is not None and day > latest:
        raise InvalidInputError(
            f"{day} is too far ahead; the latest possible day is {latest}",
            code=TOO_FAR_AHEAD,
            faults=[Fault(field, f"must not be after {latest}")],
        )
