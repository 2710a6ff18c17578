"""Versioned definitions of the instruments: the items, who scores them, how they are added up.

Items have only codes, because the text of licensed tools is never stored. `is_provisional` marks a
definition that is believed to be correct although no source was seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.errors import Fault, InvalidInputError, NotFoundError


class InstrumentKind(StrEnum):
    """What an instrument measures."""

    STATIC = "static"
    DYNAMIC = "dynamic"
    VIOLENCE = "violence"


class ScoredBy(StrEnum):
    """Role that scores an instrument."""

    OFFICER = "officer"
    PROVIDER = "provider"


class Computation(StrEnum):
    """How the total is computed from the items."""

    SUM = "sum"
    SUM_OF_DOMAIN_MEANS = "sum-of-domain-means"


@dataclass(frozen=True)
class Range:
    """A range of totals; both ends are included."""

    least: int
    greatest: int

    def holds(self, value: int) -> bool:
        """Whether the range contains a value."""
        return self.least <= value <= self.greatest


@dataclass(frozen=True)
class Item:
    """One item and the values that may be entered. `domain` is None if it belongs to none."""

    code: str
    allowed: tuple[int, ...]
    domain: str | None = None


@dataclass(frozen=True)
class ScoreLevel:
    """A risk level and the totals that give it."""

    code: str
    totals: Range


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument, in force until the next version begins."""

    code: str
    version: str
    title: str
    kind: InstrumentKind
    effective_from: date
    is_provisional: bool
    source: str
    scored_by: ScoredBy
    agency_kinds: tuple[str, ...]
    scored_in: str | None
    reporting_rule: str | None
    is_overridable: bool
    computation: Computation
    decimals: int
    total: Range
    items: tuple[Item, ...]
    levels: tuple[ScoreLevel, ...]
    """Empty if the bounds of the levels are not known; then the scorer records the level."""
    recorded_levels: tuple[str, ...] = ()
    """Level codes from which the scorer records one. Empty if the level is computed."""

    @property
    def domains(self) -> Mapping[str, tuple[Item, ...]]:
        """The items of each domain, in the order of the definition."""
        named = dict.fromkeys(item.domain for item in self.items if item.domain)
        return {name: tuple(item for item in self.items if item.domain == name) for name in named}

    @property
    def is_shared(self) -> bool:
        """Whether the provider must share the score with the supervising officer."""
        return self.scored_by is ScoredBy.PROVIDER


@dataclass(frozen=True)
class Instruments:
    """All versions of all instruments."""

    versions: tuple[Instrument, ...]

    def in_force(self, on: date) -> Sequence[Instrument]:
        """Return the version of each instrument that is in force on a day."""
        begun = (each for each in self.versions if each.effective_from <= on)
        latest = {each.code: each for each in sorted(begun, key=lambda each: each.effective_from)}
        return list(latest.values())

    def on(self, code: str, day: date) -> Instrument:
        """Return the version in force on the day of scoring. Raises UnknownInstrumentError."""
        for each in self.in_force(day):
            if each.code == code:
                return each
        known = ", ".join(sorted({each.code for each in self.versions}))
        message = (
            f"no version of instrument {code} is in force on {day}; known instruments: {known}"
        )
        raise UnknownInstrumentError(
            message, code="unknown-instrument", faults=[Fault("instrument", message)]
        )

    def known(self, code: str, day: date) -> Instrument:
        """Return the version in force on a day. Raises NotFoundError without one."""
        try:
            return self.on(code, day)
        except UnknownInstrumentError as unknown:
            raise NotFoundError(unknown.detail, code="instrument-not-found") from None

    def version(self, code: str, version: str) -> Instrument:
        """Return the version with which something was scored, in force or not."""
        found = (each for each in self.versions if (each.code, each.version) == (code, version))
        return next(found)


class UnknownInstrumentError(InvalidInputError):
    """No version of the instrument is in force on that day."""
