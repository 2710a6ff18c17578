"""Months of the calendar, the unit in which provider and officer owe each other a contact."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

DECEMBER = 12


@dataclass(frozen=True, order=True)
class Month:
    """One month, by its first day."""

    first_day: date

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month in which a day lies."""
        return cls(day.replace(day=1))

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2026-11`; raises ValueError for any other form."""
        year, month = text.split("-")
        return cls(date(int(year), int(month), 1))

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"

    def holds(self, day: date) -> bool:
        """Whether the day lies in this month."""
        return Month.of(day) == self

    def following(self) -> "Month":
        """The month after."""
        if self.first_day.month == DECEMBER:
            return Month(date(self.first_day.year + 1, 1, 1))
        return Month(self.first_day.replace(month=self.first_day.month + 1))


def months_through(first: Month, last: Month) -> Iterator[Month]:
    """Every month from the first to the last, both included; none when they are crossed."""
    month = first
    while month <= last:
        yield month
        month = month.following()
