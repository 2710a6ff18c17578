"""Loads rulebook editions from their data files and refuses one that cannot be believed.

An edition may extend another: it then holds the other's rules, with its own in their place.
"""

import hashlib
import json
from dataclasses import asdict, replace
from functools import cache
from itertools import combinations
from types import MappingProxyType

from shared.errors import Fault, InvalidInputError
from shared.law.calendar_files import load_calendars
from shared.law.calendars import Calendars
from shared.law.data_file import Section, packaged_names, packaged_text, parsed
from shared.law.rules import Edition, Escalation, Exemption, PausePolicy, Regime, Rule, Span, Unit

COUNTED_UNITS = frozenset({Unit.CALENDAR_DAYS, Unit.WORKING_DAYS, Unit.MONTHS})
PAUSABLE_UNITS = frozenset({Unit.CALENDAR_DAYS, Unit.WORKING_DAYS})


class UnknownEditionError(InvalidInputError):
    """There is no such edition."""


@cache
def load_edition(name: str) -> Edition:
    """Load an edition of the package; UnknownEditionError names those there are."""
    known = packaged_names("editions")
    if name not in known:
        raise UnknownEditionError(
            f"there is no rulebook edition {name!r}; there are {', '.join(known)}",
            code="unknown-edition",
            faults=[Fault("edition", "is unknown")],
        )
    return parse_edition(name, packaged_text(f"editions/{name}.yaml"), load_calendars())


def parse_edition(name: str, text: str, calendars: Calendars) -> Edition:
    """Build an edition from its file's text; LawDataError names the place and the reason."""
    file = parsed(f"edition {name}", text)
    if file.text("name") != name:
        raise file.fault(f"the file is called {name}, the edition {file.text('name')}")
    extended = load_edition(file.text("extends")) if file.has("extends") else None
    words = dict(extended.fact_words) if extended else {}
    rules = dict(extended.rules) if extended else {}
    if file.has("facts"):
        words |= file.named_texts("facts")
    for rule_name, section in file.named_sections("rules").items():
        rules[rule_name] = _rule(rule_name, section, words, calendars)
    edition = Edition(
        name=name,
        title=file.text("title"),
        notice=file.text("notice") if file.has("notice") else None,
        hash="",
        fact_words=MappingProxyType(words),
        rules=MappingProxyType(rules),
    )
    file.finish()
    return replace(edition, hash=_hash(edition))


def _rule(name: str, section: Section, words: dict[str, str], calendars: Calendars) -> Rule:
    regimes = tuple(_regime(each, words, calendars) for each in section.sections("regimes"))
    exemptions = tuple(_exemption(each, words) for each in section.sections("exemptions"))
    rule = Rule(
        name=name,
        title=section.text("title"),
        regimes=regimes,
        exemptions=exemptions,
        escalations=tuple(_escalation(each) for each in section.sections("escalations")),
    )
    section.finish()
    _refuse_overlaps(section, [r.span for r in regimes] + [e.span for e in exemptions])
    return rule


def _regime(section: Section, words: dict[str, str], calendars: Calendars) -> Regime:
    unit = section.choice("unit", Unit)
    regime = Regime(
        name=section.text("name"),
        span=_span(section, words),
        owners=section.texts("owner"),
        start=_fact(section, "start", words),
        length=section.whole("length") if unit in COUNTED_UNITS else 0,
        unit=unit,
        calendar=section.text("calendar") if section.has("calendar") else None,
        rolls_forward=section.flag("rolls_forward"),
        pause=section.choice("pause", PausePolicy, PausePolicy.NONE),
        text=section.text("text"),
        citation=section.text("citation"),
        configured=section.flag("configured"),
        provisional=section.flag("provisional"),
        note=section.text("note") if section.has("note") else None,
    )
    section.finish()
    _refuse_nonsense(section, regime, calendars)
    return regime


def _refuse_nonsense(section: Section, regime: Regime, calendars: Calendars) -> None:
    if regime.unit in COUNTED_UNITS and regime.length < 1:
        raise section.fault("length must be at least 1")
    if regime.calendar is not None and regime.calendar not in calendars:
        raise section.fault(f"unknown calendar {regime.calendar!r}")
    if regime.calendar is None and (regime.unit is Unit.WORKING_DAYS or regime.rolls_forward):
        raise section.fault("needs a calendar to know which days are closed")
    if regime.pause is not PausePolicy.NONE and regime.unit not in PAUSABLE_UNITS:
        raise section.fault(f"a clock in {regime.unit} cannot pause")


def _exemption(section: Section, words: dict[str, str]) -> Exemption:
    exemption = Exemption(_span(section, words), section.text("text"), section.text("citation"))
    section.finish()
    return exemption


def _escalation(section: Section) -> Escalation:
    escalation = Escalation(section.text("to"), section.whole("days_before"))
    section.finish()
    return escalation


def _span(section: Section, words: dict[str, str]) -> Span:
    until = section.day("effective_until") if section.has("effective_until") else None
    span = Span(_fact(section, "chosen_by", words), section.day("effective_from"), until)
    if until is not None and until <= span.effective_from:
        raise section.fault("effective_until must lie after effective_from")
    return span


def _fact(section: Section, key: str, words: dict[str, str]) -> str:
    name = section.text(key)
    if name not in words:
        raise section.fault(f"{key}: unknown fact {name!r}")
    return name


def _refuse_overlaps(section: Section, spans: list[Span]) -> None:
    for one, other in combinations(sorted(spans, key=lambda span: span.effective_from), 2):
        if one.chosen_by != other.chosen_by:
            raise section.fault("its regimes are chosen by different facts")
        if one.effective_until is None or other.effective_from < one.effective_until:
            raise section.fault(
                f"regimes overlap from {other.effective_from}: one date must have one regime"
            )


def _hash(edition: Edition) -> str:
    """Hash what the edition says, so that a duty can show by which content it was opened."""
    content = {
        "name": edition.name,
        "facts": dict(edition.fact_words),
        "rules": {name: asdict(rule) for name, rule in edition.rules.items()},
    }
    canonical = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
