"""Builds one rule of an edition: each date has exactly one regime or exemption."""

from itertools import pairwise

from shared.data_files.data_file import Section
from shared.law.counting.rules import Exemption, RegimeSpan, Rule
from shared.law.reading.regime_sections import Context, regime_of, span_of

Placed = tuple[RegimeSpan, Section]


def rule_of(name: str, section: Section, context: Context) -> Rule:
    """Build a rule; raises DataFileError for times that overlap or leave a gap."""
    regimes = [(regime_of(each, context), each) for each in section.sections("regimes")]
    exemptions = [(_exemption(each, context), each) for each in section.sections("exemptions")]
    rule = Rule(
        name=name,
        title=section.text("title"),
        regimes=tuple(regime for regime, _ in regimes),
        exemptions=tuple(exemption for exemption, _ in exemptions),
    )
    section.finish()
    if not regimes and not exemptions:
        raise section.fault(
            "a rule must have a regime, or an exemption that states why nobody owes it"
        )
    names = [regime.name for regime in rule.regimes]
    for number, (regime, place) in enumerate(regimes):
        if regime.name in names[:number]:
            raise place.fault(f"the name {regime.name} is used twice", "name")
    spans = [(regime.span, place) for regime, place in regimes]
    _refuse_overlaps_and_gaps([*spans, *((each.span, place) for each, place in exemptions)])
    return rule


def _exemption(section: Section, context: Context) -> Exemption:
    span = span_of(section, context)
    exemption = Exemption(span, section.text("text"), section.text("citation"))
    section.finish()
    return exemption


def _refuse_overlaps_and_gaps(placed: list[Placed]) -> None:
    ordered = sorted(placed, key=lambda each: each[0].effective_from)
    for (one, _), (other, place) in pairwise(ordered):
        if one.chosen_by != other.chosen_by:
            raise place.fault("all regimes of a rule must be chosen by the same fact", "chosen_by")
        if one.effective_until is None or other.effective_from < one.effective_until:
            raise place.fault(
                f"regimes overlap from {other.effective_from}: a date must have one regime",
                "effective_from",
            )
        if one.effective_until < other.effective_from:
            raise place.fault(
                f"no regime from {one.effective_until} to {other.effective_from}: add a regime"
                " or an exemption",
                "effective_from",
            )
    last, place = ordered[-1]
    if last.effective_until is not None:
        raise place.fault(
            f"no regime from {last.effective_until} on: add a regime or an exemption",
            "effective_until",
        )
