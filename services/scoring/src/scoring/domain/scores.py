"""From item codes to a score: total, domains and level, each with its reason.

Adding wrongly is the commonest error that audits find: totals are computed here and nowhere
else; levels too where their bounds are known, otherwise the scorer records them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from scoring.domain.instruments import Computation, Instrument, Item
from shared.errors import Fault, InvalidInputError


@dataclass(frozen=True)
class Override:
    """The scorer sets another level than the total has, and says why."""

    level: str
    reason: str


@dataclass(frozen=True)
class Entered:
    """What a scorer enters."""

    items: Mapping[str, int]
    level: str | None = None
    override: Override | None = None
    tool: str | None = None


class LevelBasis(StrEnum):
    """Where a level comes from."""

    COMPUTED = "computed"
    RECORDED = "recorded"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class Score:
    """A result with the reasons for it; `computed_level` is the one that an override replaced."""

    total: Decimal
    domains: Mapping[str, Decimal]
    level: str
    level_basis: LevelBasis
    computed_level: str | None
    reasons: tuple[str, ...]


class WrongEntryError(InvalidInputError):
    """What was entered is not what the instrument takes; every fault is named."""


def score(instrument: Instrument, entered: Entered) -> Score:
    """Score what was entered; WrongEntryError names every item and field at fault."""
    faults = (*_item_faults(instrument, entered.items), *_level_faults(instrument, entered))
    if faults:
        raise WrongEntryError(
            f"this is not what {instrument.title} takes", code="wrong-entry", faults=faults
        )
    total = _rounded(instrument, _total(instrument, entered.items))
    domains = {
        name: _rounded(instrument, _domain(instrument, items, entered.items))
        for name, items in instrument.domains.items()
    }
    computed = _level_of(instrument, total)
    level, basis, why = _level(computed, entered)
    reasons = (_total_reason(instrument, total), why, *_provisional_reason(instrument))
    return Score(total, domains, level, basis, computed, reasons)


def _item_faults(instrument: Instrument, items: Mapping[str, int]) -> Iterator[Fault]:
    for item in instrument.items:
        if item.code not in items:
            yield Fault(f"items.{item.code}", "is missing")
        elif items[item.code] not in item.allowed:
            allowed = ", ".join(str(code) for code in item.allowed)
            yield Fault(f"items.{item.code}", f"is not one of the allowed codes {allowed}")
    known = {item.code for item in instrument.items}
    for code in sorted(set(items) - known):
        yield Fault(f"items.{code}", f"is no item of {instrument.code}")


def _level_faults(instrument: Instrument, entered: Entered) -> Iterator[Fault]:
    if instrument.levels and entered.level is not None:
        yield Fault("level", f"is computed for {instrument.code}; leave it out")
    if instrument.recorded_levels and entered.level not in instrument.recorded_levels:
        allowed = ", ".join(instrument.recorded_levels)
        yield Fault("level", f"is recorded by the scorer, as one of {allowed}")
    if entered.override is not None:
        yield from _override_faults(instrument, entered.override)
    if entered.tool not in {None, instrument.scored_in}:
        yield Fault("tool", f"{instrument.code} is scored in {instrument.scored_in or 'no tool'}")


def _override_faults(instrument: Instrument, override: Override) -> Iterator[Fault]:
    levels = [level.code for level in instrument.levels]
    if not instrument.is_overridable:
        yield Fault("override", f"{instrument.code} has no override")
    elif override.level not in levels:
        yield Fault("override.level", f"is none of {', '.join(levels)}")


def _total(instrument: Instrument, items: Mapping[str, int]) -> Fraction:
    if instrument.computation is Computation.SUM:
        return Fraction(sum(items.values()))
    means = (_domain(instrument, group, items) for group in instrument.domains.values())
    return sum(means, Fraction())


def _domain(instrument: Instrument, group: Sequence[Item], items: Mapping[str, int]) -> Fraction:
    together = Fraction(sum(items[item.code] for item in group))
    return together if instrument.computation is Computation.SUM else together / len(group)


def _rounded(instrument: Instrument, exact: Fraction) -> Decimal:
    """Round for the record; totals are summed exactly first, so that thirds lose nothing."""
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return value.quantize(Decimal(1).scaleb(-instrument.decimals), ROUND_HALF_UP)


def _level_of(instrument: Instrument, total: Decimal) -> str | None:
    """The level whose bounds hold the total; None where no bounds are known."""
    return next((level.code for level in instrument.levels if level.totals.holds(int(total))), None)


def _level(computed: str | None, entered: Entered) -> tuple[str, LevelBasis, str]:
    if entered.override is not None:
        level = entered.override.level
        why = f"level {level}: set by the scorer in place of {computed}"
        return level, LevelBasis.OVERRIDDEN, why
    if computed is not None:
        return computed, LevelBasis.COMPUTED, f"level {computed}: the one whose bounds hold it"
    recorded = entered.level or ""
    why = f"level {recorded}: recorded by the scorer, its bounds are not known here"
    return recorded, LevelBasis.RECORDED, why


def _total_reason(instrument: Instrument, total: Decimal) -> str:
    if instrument.computation is Computation.SUM:
        return f"total {total}: the sum of {len(instrument.items)} items"
    return f"total {total}: the sum of the means of {len(instrument.domains)} domains"


def _provisional_reason(instrument: Instrument) -> Iterator[str]:
    """Say it wherever the definition is used, so that nobody takes it for the publisher's own."""
    if instrument.is_provisional:
        yield (
            f"definition {instrument.code} {instrument.version} is provisional: "
            "believed true, not seen in a source"
        )
