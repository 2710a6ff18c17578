"""Builds an edition or a calendar again from its stored contents.

So an old duty can be explained by the rule and the calendar that counted it, whatever today's files
contain. The contents were checked before they were stored, so nothing is checked again.
"""

import json
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from shared.law.counting.calendars import Calendar, Closure, Coverage, OpenDay
from shared.law.counting.edition_settings import Setting
from shared.law.counting.notices import Notice, NoticeKind
from shared.law.counting.rules import (
    CountingUnit,
    Edition,
    Exemption,
    PausePolicy,
    Regime,
    RegimeSpan,
    Rule,
)

Kept = Mapping[str, Any]
"""Part of the contents; its keys are the fields of the class it was written from."""


def edition_of(content: str) -> Edition:
    """Build an edition equal to the one with these contents."""
    kept = json.loads(content)
    settings = {name: _setting(each) for name, each in kept["settings"].items()}
    rules = {name: _rule(each) for name, each in kept["rules"].items()}
    return Edition(
        name=kept["name"],
        title=kept["title"],
        notice=kept["notice"],
        fact_words=MappingProxyType(kept["fact_words"]),
        settings=MappingProxyType(settings),
        rules=MappingProxyType(rules),
    )


def calendar_of(content: str) -> Calendar:
    """Build a calendar equal to the one with these contents."""
    kept = json.loads(content)
    closures = {date.fromisoformat(on): each for on, each in kept["closures"].items()}
    return Calendar(
        name=kept["name"],
        title=kept["title"],
        covered=tuple(
            Coverage(_day(each["first_on"]), _day(each["last_on"]), each["source"])
            for each in kept["covered"]
        ),
        closures=MappingProxyType(
            {on: Closure(on, each["name"], each["source"]) for on, each in closures.items()}
        ),
        extends=kept["extends"],
        agencies=tuple(kept["agencies"]),
        open_days=tuple(
            OpenDay(_day(each["on"]), each["name"], each["source"]) for each in kept["open_days"]
        ),
    )


def _setting(kept: Kept) -> Setting:
    value = kept["value"]
    return Setting(**{**kept, "value": tuple(value) if isinstance(value, list) else value})


def _rule(kept: Kept) -> Rule:
    return Rule(
        name=kept["name"],
        title=kept["title"],
        regimes=tuple(_regime(each) for each in kept["regimes"]),
        exemptions=tuple(
            Exemption(_span(each["span"]), each["text"], each["citation"])
            for each in kept["exemptions"]
        ),
    )


def _regime(kept: Kept) -> Regime:
    read = {
        "span": _span(kept["span"]),
        "owners": tuple(kept["owners"]),
        "unit": CountingUnit(kept["unit"]),
        "pause": PausePolicy(kept["pause"]),
        "notices": tuple(
            Notice(NoticeKind(each["kind"]), each["to"], each["days"]) for each in kept["notices"]
        ),
    }
    return Regime(**{**kept, **read})


def _span(kept: Kept) -> RegimeSpan:
    until = kept["effective_until"]
    return RegimeSpan(
        kept["chosen_by"], _day(kept["effective_from"]), None if until is None else _day(until)
    )


def _day(written: str) -> date:
    return date.fromisoformat(written)
