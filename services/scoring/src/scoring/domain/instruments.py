"""The instruments as versioned definitions: what may be scored, by whom and how it adds up.

Items are codes alone: the text of licensed tools is never stored. Where a definition is believed
true but not seen in a source, it says so (`is_provisional`).
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
    """Which side scores it, by the role's own name."""

    OFFICER = "officer"
    PROVIDER = "provider"


class Computation(StrEnum):
    """How the total comes from the items."""

    SUM = "sum"
    SUM_OF_DOMAIN_MEANS = "sum-of-domain-means"


@dataclass(frozen=True)
class Range:
    """From the least to the greatest, both included."""

    least: int
    greatest: int

    def holds(self, value: int) -> bool:
        """Whether the value lies in it."""
        return self.least <= value <= self.greatest


@dataclass(frozen=True)
class Item:
    """One item by its code, with the codes that may be entered; `domain` where it has one."""

    code: str
    allowed: tuple[int, ...]
    domain: str | None = None


@dataclass(frozen=True)
class ScoreLevel:
    """A level of risk and the totals that have it."""

    code: str
    totals: Range


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument, in force from a day on until the next version."""

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
    """Empty where the bounds are not known: the scorer records the level."""
    recorded_levels: tuple[str, ...] = ()
    """The codes of which the scorer records one; empty where the level is computed."""

    @property
    def domains(self) -> Mapping[str, tuple[Item, ...]]:
        """The items of each domain, in the definition's order."""
        named = dict.fromkeys(item.domain for item in self.items if item.domain)
        return {name: tuple(item for item in self.items if item.domain == name) for name in named}

    @property
    def is_shared(self) -> bool:
        """Whether the provider owes the score to the supervising officer."""
        return self.scored_by is ScoredBy.PROVIDER


@dataclass(frozen=True)
class Instruments:
    """Every version of every instrument, side by side."""

    versions: tuple[Instrument, ...]

    def in_force(self, on: date) -> Sequence[Instrument]:
        """The version of each instrument that is in force on a day."""
        begun = (each for each in self.versions if each.effective_from <= on)
        latest = {each.code: each for each in sorted(begun, key=lambda each: each.effective_from)}
        return list(latest.values())

    def on(self, code: str, day: date) -> Instrument:
        """The version in force on the day of scoring; UnknownInstrumentError without one."""
        for each in self.in_force(day):
            if each.code == code:
                return each
        known = ", ".join(sorted({each.code for each in self.versions}))
        message = f"no version of {code} is in force on {day}; instruments are {known}"
        raise UnknownInstrumentError(
            message, code="unknown-instrument", faults=[Fault("instrument", message)]
        )

    def known(self, code: str, day: date) -> Instrument:
        """The version in force on a day, for one who asks what there is; NotFoundError."""
        try:
            return self.on(code, day)
        except UnknownInstrumentError as unknown:
            raise NotFoundError(unknown.detail, code="instrument-not-found") from None

    def version(self, code: str, version: str) -> Instrument:
        """The version by which something was scored, in force or not."""
        found = (each for each in self.versions if (each.code, each.version) == (code, version))
        return next(found)


class UnknownInstrumentError(InvalidInputError):
    """There is no such instrument on that day."""
