"""Builds calendars from their data files and refuses one that cannot be believed.

A gap in a calendar is a day that nobody answers for, or a holiday that silently stops: the years
covered must follow one another without a hole, and a rule that ends before they do must say which
rule goes on or which source ended it. A calendar may extend another: it then has the other's
closed days and years, with its own added and its open days taken out.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType

from shared.law.calendars import SATURDAY, Calendar, Closure, Coverage, OpenDay
from shared.law.closure_rules import ClosureRule, closure_rule
from shared.law.data_file import Section
from shared.law.law_files import LawFile

ONE_DAY = timedelta(days=1)


def build_calendar(chain: Sequence[LawFile]) -> Calendar:
    """Build the calendar of the last file, on top of those that it extends."""
    below = build_calendar(chain[:-1]) if chain[1:] else None
    return _built(chain[-1], below)


def _built(file: LawFile, extended: Calendar | None) -> Calendar:
    section = file.section
    covered = _covered(section, extended)
    rules = [closure_rule(each) for each in section.sections("closures")]
    closures, opened = _kept(section, extended)
    _add_closures(closures, rules, covered)
    _add_special_closures(closures, section, covered)
    same = extended if file.extends == file.name else None
    calendar = Calendar(
        name=file.name,
        title=same.title if same and not section.has("title") else section.text("title"),
        covered=covered,
        closures=MappingProxyType(dict(sorted(closures.items()))),
        extends=same.extends if same else file.extends,
        agencies=_agencies(file, extended),
        open_days=opened,
    )
    section.finish()
    return calendar


def _covered(section: Section, extended: Calendar | None) -> tuple[Coverage, ...]:
    """Read the years covered: each part begins on the day after the one before it has ended."""
    covered = list(extended.covered) if extended else []
    for part in section.sections("covered"):
        covered.append(Coverage(part.day("first_on"), part.day("last_on"), part.text("source")))
        part.finish()
        if covered[-1].last_on < covered[-1].first_on:
            raise part.fault("last_on lies before first_on", "last_on")
        for before, after in pairwise(covered[-2:]):
            if after.first_on != before.last_on + ONE_DAY:
                what = "a gap" if after.first_on > before.last_on else "an overlap"
                raise part.fault(
                    f"there is {what} between {before.last_on} and {after.first_on}", "first_on"
                )
    if not covered:
        raise section.fault("covered must say which years it covers")
    return tuple(covered)


def _agencies(file: LawFile, extended: Calendar | None) -> tuple[str, ...]:
    section, is_same = file.section, file.extends == file.name
    if not section.has("agencies"):
        return extended.agencies if extended and is_same else ()
    if extended is None or (is_same and extended.extends is None):
        raise section.fault("only an overlay of another calendar names agencies", "agencies")
    if extended.agencies and not is_same:
        raise section.fault(f"{extended.name} is an overlay itself", "extends")
    return section.texts("agencies")


def _kept(
    section: Section, extended: Calendar | None
) -> tuple[dict[date, Closure], tuple[OpenDay, ...]]:
    """Take over the extended calendar's closures, less the days on which these offices work."""
    closures = dict(extended.closures) if extended else {}
    opened = list(extended.open_days) if extended else []
    for each in section.sections("open_days"):
        source, days = each.text("source"), _days_opened(each, closures)
        opened += [OpenDay(on, closures.pop(on).name, source) for on in days]
        each.finish()
    return closures, tuple(opened)


def _days_opened(section: Section, closures: dict[date, Closure]) -> list[date]:
    """Return one date, or every day of a closure by its name."""
    if section.has("date"):
        days, what = [section.day("date")], str(section.day("date"))
    else:
        what = section.text("closure")
        days = [on for on, each in closures.items() if each.name.removesuffix(", observed") == what]
    if not days or days[0] not in closures:
        raise section.fault(f"{what} is not closed in the calendar that this one extends")
    return days


def _add_closures(
    closures: dict[date, Closure], rules: list[ClosureRule], covered: tuple[Coverage, ...]
) -> None:
    first, last = covered[0].first_on, covered[-1].last_on
    years = range(first.year - 1, last.year + 2)  # a day may be observed in the year beside its own
    for rule in rules:
        _refuse_a_silent_end(rule, rules, last.year)
        if not any(rule.is_of(year) for year in range(first.year, last.year + 1)):
            raise rule.section.fault(f"{rule.name} lies outside the years covered")
        for each in rule.closures(years):
            if first <= each.on <= last:
                _add(closures, each, rule.section)


def _refuse_a_silent_end(rule: ClosureRule, rules: list[ClosureRule], last_year: int) -> None:
    if rule.last_year is None or rule.last_year >= last_year or rule.ended_by is not None:
        return
    if rule.followed_by is None:
        raise rule.section.fault(
            f"{rule.name} ends in {rule.last_year}: say which closure it is followed_by"
            " or which source it is ended_by",
            "last_year",
        )
    following = [each.first_year for each in rules if each.name == rule.followed_by]
    if following != [rule.last_year + 1]:
        raise rule.section.fault(
            f"{rule.followed_by} must be one closure whose first_year is {rule.last_year + 1}",
            "followed_by",
        )


def _add_special_closures(
    closures: dict[date, Closure], section: Section, covered: tuple[Coverage, ...]
) -> None:
    for special in section.sections("special_closures"):
        closure = Closure(special.day("date"), special.text("name"), special.text("source"))
        special.finish()
        if not covered[0].first_on <= closure.on <= covered[-1].last_on:
            raise special.fault(f"{closure.on} lies outside the years covered", "date")
        if closure.on.weekday() >= SATURDAY:
            raise special.fault(f"{closure.on} is a weekend and closed already", "date")
        _add(closures, closure, special)


def _add(closures: dict[date, Closure], closure: Closure, section: Section) -> None:
    if closure.on in closures:
        raise section.fault(
            f"{closure.on} is closed twice: {closures[closure.on].name} and {closure.name}"
        )
    closures[closure.on] = closure
