"""Calendar months: officer and provider must have one contact in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

DECEMBER = 12


@dataclass(frozen=True, order=True)
class Month:
    """One calendar month, stored as its first day."""

    first_day: date

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month that contains a day."""
        return cls(day.replace(day=1))

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Parse text such as `2026-11`. Raises ValueError for any other form."""
        year, month = text.split("-")
        return cls(date(int(year), int(month), 1))

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"

    def holds(self, day: date) -> bool:
        """Whether the day is in this month."""
        return Month.of(day) == self

    def following(self) -> "Month":
        """Return the next month."""
        if self.first_day.month == DECEMBER:
            return Month(date(self.first_day.year + 1, 1, 1))
        return Month(self.first_day.replace(month=self.first_day.month + 1))


def months_through(first: Month, last: Month) -> Iterator[Month]:
    """Yield every month from first to last, both included; nothing if last is before first."""
    month = first
    while month <= last:
        yield month
        month = month.following()
