"""Reads the instrument definitions from YAML files and refuses inconsistent ones.

A misspelled key, a total that the items cannot reach or a gap between levels would silently give
wrong scores. Such a definition stops the process at start.
"""

from functools import cache
from importlib.resources import files

from scoring.domain.instruments import (
    Computation,
    Instrument,
    InstrumentKind,
    Instruments,
    Item,
    Range,
    ScoredBy,
    ScoreLevel,
)
from shared.data_files.data_file import Section, parsed


@cache
def load_instruments() -> Instruments:
    """Load all definitions of this package. DataFileError names file, place and reason."""
    folder = files("scoring.domain").joinpath("definitions")
    found = sorted(folder.iterdir(), key=lambda each: each.name)
    return Instruments(
        tuple(parse_instrument(each.name, each.read_text(encoding="utf-8")) for each in found)
    )


def parse_instrument(where: str, text: str) -> Instrument:
    """Build one definition from the text of a file. DataFileError names place and reason."""
    file = parsed(f"instrument {where}", text)
    instrument = Instrument(
        code=file.text("code"),
        version=file.text("version"),
        title=file.text("title"),
        kind=file.choice("kind", InstrumentKind),
        effective_from=file.day("effective_from"),
        is_provisional=file.flag("provisional"),
        source=file.text("source"),
        scored_by=file.choice("scored_by", ScoredBy),
        agency_kinds=file.texts("agency_kinds") if file.has("agency_kinds") else (),
        scored_in=_optional(file, "scored_in"),
        reporting_rule=_optional(file, "reporting_rule"),
        is_overridable=file.flag("overridable"),
        computation=file.choice("computation", Computation),
        decimals=file.whole("decimals"),
        total=_range(file.section("total")),
        items=tuple(_item(each) for each in file.sections("items")),
        levels=tuple(_level(each) for each in file.sections("levels")),
        recorded_levels=file.texts("recorded_levels") if file.has("recorded_levels") else (),
    )
    file.finish()
    _refuse_contradictions(file, instrument)
    return instrument


def _optional(section: Section, key: str) -> str | None:
    return section.text(key) if section.has(key) else None


def _range(section: Section) -> Range:
    bounds = Range(section.whole("least"), section.whole("greatest"))
    section.finish()
    return bounds


def _item(section: Section) -> Item:
    if section.has("allowed"):
        allowed = section.wholes("allowed")
    else:
        allowed = tuple(range(section.whole("least"), section.whole("greatest") + 1))
    item = Item(section.text("code"), allowed, _optional(section, "domain"))
    section.finish()
    if not allowed or len(set(allowed)) != len(allowed):
        raise section.fault(f"{item.code} must have allowed codes without duplicates")
    return item


def _level(section: Section) -> ScoreLevel:
    level = ScoreLevel(
        section.text("code"), Range(section.whole("least"), section.whole("greatest"))
    )
    section.finish()
    return level


def _refuse_contradictions(file: Section, instrument: Instrument) -> None:
    codes = [item.code for item in instrument.items]
    if not codes or len(set(codes)) != len(codes):
        raise file.fault("there must be items, and each item code must be unique")
    if instrument.scored_by is ScoredBy.OFFICER and not instrument.agency_kinds:
        raise file.fault("agency_kinds must list the kinds of agency whose officers may score it")
    if _reach(file, instrument) != instrument.total:
        raise file.fault("total must have the lowest and highest sum that the items can give")
    if bool(instrument.levels) == bool(instrument.recorded_levels):
        raise file.fault("there must be either levels or recorded_levels, and not both")
    if len(set(instrument.recorded_levels)) != len(instrument.recorded_levels):
        raise file.fault("recorded_levels must not contain a code more than once")
    _refuse_holes(file, instrument)


def _reach(file: Section, instrument: Instrument) -> Range:
    """Return the lowest and the highest total that the items can give."""
    if instrument.computation is Computation.SUM:
        return Range(
            sum(min(item.allowed) for item in instrument.items),
            sum(max(item.allowed) for item in instrument.items),
        )
    if any(item.domain is None for item in instrument.items):
        raise file.fault(
            "every item must have a domain, because the total is a sum of domain means"
        )
    groups = instrument.domains.values()
    if len({item.allowed for item in instrument.items}) != 1:
        raise file.fault(
            "all items must allow the same codes, because the total is a sum of domain means"
        )
    allowed = instrument.items[0].allowed
    return Range(len(groups) * min(allowed), len(groups) * max(allowed))


def _refuse_holes(file: Section, instrument: Instrument) -> None:
    """Refuse levels, if there are any, that do not cover every total once and in order."""
    if not instrument.levels:
        return
    if instrument.decimals:
        raise file.fault(
            "decimals must be 0 if there are levels, because their bounds are whole totals"
        )
    expected = instrument.total.least
    for level in instrument.levels:
        if level.totals.least != expected or level.totals.greatest < expected:
            raise file.fault(
                f"level {level.code} must begin at {expected} and not end before {expected}"
            )
        expected = level.totals.greatest + 1
    if expected != instrument.total.greatest + 1:
        raise file.fault("the last level must end at the greatest total")
