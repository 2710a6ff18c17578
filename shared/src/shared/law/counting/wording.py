"""How explanations write dates and numbers, for example "November 23, 24 and December 1"."""

from collections.abc import Sequence
from datetime import date, timedelta

from shared.law.counting.calendars import WEEKEND

MOST_DAYS_LISTED = 10
NUMBER_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Run = tuple[date, date]


def full_date(day: date) -> str:
    """Write "November 20, 2026"."""
    return f"{_month_and_day(day)}, {day.year}"


def weekday_and_date(day: date) -> str:
    """Write "Tuesday, December 1, 2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {full_date(day)}"


def number_word(number: int) -> str:
    """Write small numbers as words, others in digits."""
    return NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else str(number)


def days(counted: Sequence[date]) -> str:
    """Write each of a few days, or the first and last of many."""
    if len(counted) > MOST_DAYS_LISTED:
        return f"{full_date(counted[0])} to {full_date(counted[-1])}"
    return _by_month([(day, day) for day in counted])


def skipped(reason: str, passed_over: Sequence[date]) -> str:
    """Write days that were not counted, with the reason they share."""
    runs = _runs(passed_over)
    if reason != WEEKEND:
        return f"{_by_month(runs)}, {reason}"
    return f"{'weekend' if len(runs) == 1 else 'weekends'} {_by_month(runs)}"


def _runs(passed_over: Sequence[date]) -> list[Run]:
    """Group consecutive days."""
    runs: list[Run] = []
    for day in passed_over:
        if runs and runs[-1][1] + timedelta(days=1) == day:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _by_month(runs: Sequence[Run]) -> str:
    """Write the month once before the runs that begin in it; a run across months names both."""
    groups: list[tuple[str, list[str]]] = []
    for first, last in runs:
        month = MONTHS[first.month - 1]
        closing = str(last.day) if first.month == last.month else _month_and_day(last)
        words = str(first.day) if first == last else f"{first.day}-{closing}"
        if groups and groups[-1][0] == month:
            groups[-1][1].append(words)
        else:
            groups.append((month, [words]))
    return _joined([f"{month} {_listed(words, len(groups))}" for month, words in groups])


def _listed(words: Sequence[str], months: int) -> str:
    """Join with commas where other months follow, else close with "and"."""
    return ", ".join(words) if months > 1 else _joined(words)


def _joined(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _month_and_day(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}"
