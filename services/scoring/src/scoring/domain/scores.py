"""Computes a score from item codes: total, domains and level, with reasons.

Wrong addition is the most common error in audits, so totals are computed only here. Levels are
computed too if their bounds are known; otherwise the scorer records them.
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
    """A level that the scorer sets in place of the computed one, with the reason."""

    level: str
    reason: str


@dataclass(frozen=True)
class Entered:
    """The values that a scorer enters. None means not entered."""

    items: Mapping[str, int]
    level: str | None = None
    override: Override | None = None
    tool: str | None = None


class LevelBasis(StrEnum):
    """How a level was obtained."""

    COMPUTED = "computed"
    RECORDED = "recorded"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class Score:
    """A result with its reasons. `computed_level` is None if the scorer records the level."""

    total: Decimal
    domains: Mapping[str, Decimal]
    level: str
    level_basis: LevelBasis
    computed_level: str | None
    reasons: tuple[str, ...]


class WrongEntryError(InvalidInputError):
    """The entered values do not fit the instrument. Every fault is named."""


def score(instrument: Instrument, entered: Entered) -> Score:
    """Compute the score. WrongEntryError names every wrong item and field."""
    faults = (*_item_faults(instrument, entered.items), *_level_faults(instrument, entered))
    if faults:
        raise WrongEntryError(
            f"the entered values do not fit {instrument.title}; `faults` names each one",
            code="wrong-entry",
            faults=faults,
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
        yield Fault(f"items.{code}", f"is not an item of {instrument.code}")


def _level_faults(instrument: Instrument, entered: Entered) -> Iterator[Fault]:
    if instrument.levels and entered.level is not None:
        yield Fault("level", f"must be omitted, because the level of {instrument.code} is computed")
    if instrument.recorded_levels and entered.level not in instrument.recorded_levels:
        allowed = ", ".join(instrument.recorded_levels)
        yield Fault("level", f"is required and must be one of {allowed}")
    if entered.override is not None:
        yield from _override_faults(instrument, entered.override)
    if entered.tool not in {None, instrument.scored_in}:
        expected = f"be {instrument.scored_in}" if instrument.scored_in else "be omitted"
        yield Fault("tool", f"must {expected} for {instrument.code}")


def _override_faults(instrument: Instrument, override: Override) -> Iterator[Fault]:
    levels = [level.code for level in instrument.levels]
    if not instrument.is_overridable:
        yield Fault("override", f"must be omitted, because {instrument.code} has no override")
    elif override.level not in levels:
        yield Fault("override.level", f"must be one of {', '.join(levels)}")


def _total(instrument: Instrument, items: Mapping[str, int]) -> Fraction:
    if instrument.computation is Computation.SUM:
        return Fraction(sum(items.values()))
    means = (_domain(instrument, group, items) for group in instrument.domains.values())
    return sum(means, Fraction())


def _domain(instrument: Instrument, group: Sequence[Item], items: Mapping[str, int]) -> Fraction:
    together = Fraction(sum(items[item.code] for item in group))
    return together if instrument.computation is Computation.SUM else together / len(group)


def _rounded(instrument: Instrument, exact: Fraction) -> Decimal:
    """Round a result. Totals are summed exactly before rounding, so that no precision is lost."""
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return value.quantize(Decimal(1).scaleb(-instrument.decimals), ROUND_HALF_UP)


def _level_of(instrument: Instrument, total: Decimal) -> str | None:
    """Return the level whose bounds contain the total; None if no bounds are known."""
    return next((level.code for level in instrument.levels if level.totals.holds(int(total))), None)


def _level(computed: str | None, entered: Entered) -> tuple[str, LevelBasis, str]:
    if entered.override is not None:
        level = entered.override.level
        why = f"level {level}: set by the scorer in place of the computed level {computed}"
        return level, LevelBasis.OVERRIDDEN, why
    if computed is not None:
        return computed, LevelBasis.COMPUTED, f"level {computed}: computed from the total"
    recorded = entered.level or ""
    why = f"level {recorded}: recorded by the scorer, because the bounds of levels are not known"
    return recorded, LevelBasis.RECORDED, why


def _total_reason(instrument: Instrument, total: Decimal) -> str:
    if instrument.computation is Computation.SUM:
        return f"total {total}: the sum of {len(instrument.items)} items"
    return f"total {total}: the sum of the means of {len(instrument.domains)} domains"


def _provisional_reason(instrument: Instrument) -> Iterator[str]:
    """Add a reason for a provisional definition, so that nobody takes it for the publisher's."""
    if instrument.is_provisional:
        yield (
            f"definition {instrument.code} {instrument.version} is provisional: "
            "it is believed to be correct, but no source was seen"
        )
