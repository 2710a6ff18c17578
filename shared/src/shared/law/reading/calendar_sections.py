"""Builds calendars from their data files and refuses incomplete or contradictory ones.

A gap is a day that no source covers, or a holiday that silently stops. So the years covered must
follow one another without a gap, and a rule that ends earlier must name the rule that follows or
the source that ended it. A calendar may extend another: it then has the other's closed days and
years, plus its own, minus the days on which it is open.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType

from shared.data_files.data_file import Section
from shared.law.counting.calendars import SATURDAY, Calendar, Closure, Coverage, OpenDay
from shared.law.reading.closure_rules import ClosureRule, closure_rule
from shared.law.reading.law_files import LawFile

ONE_DAY = timedelta(days=1)


def build_calendar(chain: Sequence[LawFile]) -> Calendar:
    """Build the calendar of the last file, on top of those that it extends.

    A rule applies to all years covered: years added by a later file have the holidays of the first.
    """
    own, covered = chain[-1], _covered([file.section for file in chain])
    closures: dict[date, Closure] = {}
    rules: list[ClosureRule] = []
    opened: list[OpenDay] = []
    for file in chain:
        section = file.section
        opened += _open(closures, section)
        added = [closure_rule(each) for each in section.sections("closures")]
        rules += added
        _add_closures(closures, added, rules, covered)
        _add_special_closures(closures, section, covered)
    extends, agencies = _overlaid(chain)
    calendar = Calendar(
        name=own.name,
        title=_title(chain),
        covered=covered,
        closures=MappingProxyType(dict(sorted(closures.items()))),
        extends=extends,
        agencies=agencies,
        open_days=tuple(opened),
    )
    for file in chain:
        file.section.finish()
    return calendar


def _title(chain: Sequence[LawFile]) -> str:
    """Return the last title; a file that adds to its own name need not repeat the title."""
    titles = [(file.name, file.section.optional_text("title")) for file in chain]
    found = [title for name, title in titles if title is not None and name == chain[-1].name]
    return found[-1] if found else chain[-1].section.text("title")


def _covered(sections: Sequence[Section]) -> tuple[Coverage, ...]:
    """Read the years covered: each part must begin on the day after the previous one ends."""
    covered: list[Coverage] = []
    for part in (each for section in sections for each in section.sections("covered")):
        covered.append(Coverage(part.day("first_on"), part.day("last_on"), part.text("source")))
        part.finish()
        if covered[-1].last_on < covered[-1].first_on:
            raise part.fault("last_on must not be before first_on", "last_on")
        for before, after in pairwise(covered[-2:]):
            if after.first_on != before.last_on + ONE_DAY:
                what = "a gap" if after.first_on > before.last_on else "an overlap"
                raise part.fault(
                    f"there is {what} between {before.last_on} and {after.first_on}", "first_on"
                )
    if not covered:
        raise sections[-1].fault("covered must list the years that the calendar covers")
    return tuple(covered)


def _overlaid(chain: Sequence[LawFile]) -> tuple[str | None, tuple[str, ...]]:
    """Return which calendar it overlays, and for which agencies."""
    extends: str | None = None
    agencies: tuple[str, ...] = ()
    for file in chain:
        section = file.section
        if file.extends != file.name:
            if agencies:
                raise section.fault(
                    f"{file.extends} is itself an overlay, which cannot be extended", "extends"
                )
            extends = file.extends
        if section.has("agencies"):
            if extends is None:
                raise section.fault(
                    "only an overlay of another calendar may list agencies", "agencies"
                )
            agencies = section.texts("agencies")
    return extends, agencies


def _open(closures: dict[date, Closure], section: Section) -> list[OpenDay]:
    """Remove the days on which these offices are open, each with its source."""
    opened: list[OpenDay] = []
    for each in section.sections("open_days"):
        source, days = each.text("source"), _days_opened(each, closures)
        opened += [OpenDay(on, closures.pop(on).name, source) for on in days]
        each.finish()
    return opened


def _days_opened(section: Section, closures: dict[date, Closure]) -> list[date]:
    """Return one date, or every day of a closure with this name."""
    if section.has("date"):
        days, what = [section.day("date")], str(section.day("date"))
    else:
        what = section.text("closure")
        days = [on for on, each in closures.items() if each.name.removesuffix(", observed") == what]
    if not days or days[0] not in closures:
        raise section.fault(f"{what} is not closed in the calendar that this one extends")
    return days


def _add_closures(
    closures: dict[date, Closure],
    added: Sequence[ClosureRule],
    rules: Sequence[ClosureRule],
    covered: tuple[Coverage, ...],
) -> None:
    first, last = covered[0].first_on, covered[-1].last_on
    years = range(first.year - 1, last.year + 2)  # a day may be observed in the year beside its own
    for rule in added:
        _refuse_a_silent_end(rule, rules, last.year)
        if not any(rule.is_of(year) for year in range(first.year, last.year + 1)):
            raise rule.section.fault(f"{rule.name} is outside the years covered")
        for each in rule.closures(years):
            if first <= each.on <= last:
                _add(closures, each, rule.section)


def _refuse_a_silent_end(rule: ClosureRule, rules: Sequence[ClosureRule], last_year: int) -> None:
    if rule.last_year is None or rule.last_year >= last_year or rule.ended_by is not None:
        return
    if rule.followed_by is None:
        raise rule.section.fault(
            f"{rule.name} ends in {rule.last_year}: name the closure in followed_by or the "
            "source in ended_by",
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
            raise special.fault(f"{closure.on} is outside the years covered", "date")
        if closure.on.weekday() >= SATURDAY:
            raise special.fault(f"{closure.on} is a weekend, which is already closed", "date")
        _add(closures, closure, special)


def _add(closures: dict[date, Closure], closure: Closure, section: Section) -> None:
    if closure.on in closures:
        raise section.fault(
            f"{closure.on} is closed twice: {closures[closure.on].name} and {closure.name}"
        )
    closures[closure.on] = closure
