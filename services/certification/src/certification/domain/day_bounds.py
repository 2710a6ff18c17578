"""How far ahead something may begin, and how long it may last: beyond that a year was mistyped.

No source states either; both are settings of the edition in force.
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
    "At most 400 days after today, or after the first day as it was recorded (edition setting "
    "`effective-days-ahead`)."
)
LASTS_UNTIL = (
    "First day on which it no longer holds. At most 1,830 days after `effective_from` (edition "
    "setting `longest-span-days`)."
)
"""What the interface says of the bounds; the numbers are those of the packaged edition."""


@dataclass(frozen=True)
class DayBounds:
    """So many days after today something begins at the latest, and so many days it lasts."""

    today: date
    days_ahead: int
    longest_days: int

    def latest_beginning(self, after: date | None = None) -> date:
        """The latest day on which something may begin, counted from today or from a later day."""
        return max(self.today, after or self.today) + timedelta(days=self.days_ahead)

    def latest_end(self, begins: date) -> date:
        """The latest end of what begins on a day."""
        return begins + timedelta(days=self.longest_days)

    def refuse_beginning(self, field: str, day: date | None, after: date | None = None) -> None:
        """Raise InvalidInputError for a day too far after today and after another."""
        _refuse(field, day, self.latest_beginning(after))

    def refuse_span(self, span: Validity, after: date | None = None) -> None:
        """Raise InvalidInputError for a span that begins too far ahead or lasts too long."""
        self.refuse_beginning("effective_from", span.effective_from, after)
        _refuse("effective_until", span.effective_until, self.latest_end(span.effective_from))


def day_bounds(settings: Mapping[str, Setting], today: date) -> DayBounds:
    """The bounds of an edition, seen from a day."""
    return DayBounds(today, settings[DAYS_AHEAD].whole, settings[LONGEST_SPAN].whole)


def _refuse(field: str, day: date | None, latest: date) -> None:
    if day is not None and day > latest:
        raise InvalidInputError(
            f"{day} is too far ahead; the latest day here is {latest}",
            code=TOO_FAR_AHEAD,
            faults=[Fault(field, f"is never after {latest}")],
        )
