"""Builds calendars from their data files: rules for every year, and days appointed once."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from shared.law.calendars import SATURDAY, Calendar, Calendars, Closure
from shared.law.data_file import Section, packaged_names, packaged_text, parsed

SUNDAY = 6
DAYS_OF_WEEK = 7
FAR_YEAR = 9999


class Weekday(StrEnum):
    """The days that a rule such as "third Monday" may name."""

    MONDAY = "monday"
    THURSDAY = "thursday"


WEEKDAYS = {Weekday.MONDAY: 0, Weekday.THURSDAY: 3}


class OnSaturday(StrEnum):
    """What a holiday that falls on a Saturday closes."""

    NOTHING = "nothing"
    FRIDAY_BEFORE = "friday-before"


@cache
def load_calendars() -> Calendars:
    """Load every calendar of the package, by name."""
    names = packaged_names("calendars")
    loaded = {name: parse_calendar(name, packaged_text(f"calendars/{name}.yaml")) for name in names}
    return MappingProxyType(loaded)


def parse_calendar(name: str, text: str) -> Calendar:
    """Build one calendar from its file's text; LawDataError names what is wrong."""
    file = parsed(f"calendar {name}", text)
    if file.text("name") != name:
        raise file.fault(f"the file is called {name}, the calendar {file.text('name')}")
    first, last = file.day("first_covered_on"), file.day("last_covered_on")
    if first > last:
        raise file.fault("last_covered_on lies before first_covered_on")
    years = range(first.year, last.year + 1)
    closures: dict[date, Closure] = {}
    for rule in file.sections("closures"):
        closures |= {each.on: each for each in _closures_of_rule(rule, years)}
    for special in file.sections("special_closures"):
        closures[special.day("date")] = _special_closure(special)
    calendar = Calendar(name, file.text("title"), first, last, MappingProxyType(closures))
    file.finish()
    return calendar


def _closures_of_rule(rule: Section, years: range) -> list[Closure]:
    name, source = rule.text("name"), rule.text("source")
    first = rule.whole("first_year") if rule.has("first_year") else years.start
    last = rule.whole("last_year") if rule.has("last_year") else FAR_YEAR
    saturday = rule.choice("on_saturday", OnSaturday, OnSaturday.NOTHING)
    days = [_day_in_year(rule, year) for year in years if first <= year <= last]
    rule.finish()
    closed = ((day, _day_closed_for(day, saturday)) for day in days)
    return [
        Closure(on, name if on == day else f"{name}, observed", source)
        for day, on in closed
        if on is not None
    ]


def _special_closure(special: Section) -> Closure:
    closure = Closure(special.day("date"), special.text("name"), special.text("source"))
    special.finish()
    return closure


def _day_in_year(rule: Section, year: int) -> date:
    month = rule.whole("month")
    if rule.has("day"):
        return date(year, month, rule.whole("day"))
    later = rule.whole("days_later") if rule.has("days_later") else 0
    weekday = WEEKDAYS[rule.choice("weekday", Weekday)]
    return _nth_weekday(year, month, weekday, rule.whole("which")) + timedelta(days=later)


def _nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    """Return the which-th such weekday of the month; -1 is the last."""
    if which > 0:
        first = date(year, month, 1)
        ahead = (weekday - first.weekday()) % DAYS_OF_WEEK
        return first + timedelta(days=ahead + DAYS_OF_WEEK * (which - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % DAYS_OF_WEEK)


def _day_closed_for(day: date, saturday: OnSaturday) -> date | None:
    if day.weekday() == SUNDAY:
        return day + timedelta(days=1)
    if day.weekday() != SATURDAY:
        return day
    return day - timedelta(days=1) if saturday is OnSaturday.FRIDAY_BEFORE else None
