"""Agencies that supervise, their units and officers: reference data kept by the agencies."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from shared.authorities import EVERY_UNIT
from shared.errors import ConflictError, Fault, InvalidInputError


class AgencyKind(StrEnum):
    """What an agency is in the Containment Model."""

    PROBATION = "probation"
    PAROLE = "parole"
    STATE_HOSPITALS = "state-hospitals"
    FEDERAL = "federal"


@dataclass(frozen=True)
class Unit:
    """A part of an agency whose officers stand in for each other."""

    code: str
    name: str


@dataclass(frozen=True)
class Agency:
    """A supervising agency, by the code that tokens and events carry."""

    id: UUID
    code: str
    name: str
    kind: AgencyKind
    county: str
    units: tuple[Unit, ...]
    version: int

    def has_unit(self, code: str) -> bool:
        """Whether the agency has that unit."""
        return any(unit.code == code for unit in self.units)


@dataclass(frozen=True)
class Officer:
    """A supervising officer; the id is the `sub` of the officer's tokens."""

    id: UUID
    name: str
    agency: str
    unit: str | None
    version: int


class Asker(Protocol):
    """Who acts, as far as the unit matters."""

    @property
    def unit(self) -> str | None:
        """Code of the unit that the token names, or `*`; None where it names none."""
        ...


def unit_of_work(asker: Asker, officer: Officer, agency: Agency) -> str | None:
    """The unit for which an officer acts: the token's, else the one on record, else none.

    Raises ConflictError for a unit that the agency has not recorded: what is opened under it would
    be out of everybody's sight.
    """
    named = None if asker.unit == EVERY_UNIT else asker.unit
    unit = named or officer.unit
    if unit is not None and not agency.has_unit(unit):
        raise ConflictError(
            f"your token names the unit {unit}, which {agency.code} has not recorded as one of its"
            " units (PUT /v1/agencies)",
            code="unit-unknown",
        )
    return unit


def check_kind(earlier: AgencyKind, kind: AgencyKind) -> None:
    """Refuse another kind for an agency with cases: it does not hold their supervision then."""
    if kind is not earlier:
        raise ConflictError(
            f"this agency has cases that {earlier} agencies supervise; its kind stays {earlier}",
            code="kind-in-use",
            faults=[Fault("kind", f"is {earlier} as long as the agency has cases")],
        )


def check_units(units: Collection[Unit], used: Collection[str]) -> None:
    """Refuse a unit named twice, and a list that leaves out a unit with officers or cases."""
    codes = [unit.code for unit in units]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise InvalidInputError(
            f"named more than once: {', '.join(twice)}",
            code="unit-named-twice",
            faults=[Fault("units", f"{code} is named more than once") for code in twice],
        )
    if left_out := sorted(set(used) - set(codes)):
        raise ConflictError(
            f"there are officers or cases in {', '.join(left_out)}: a unit that has any stays",
            code="unit-in-use",
            faults=[Fault("units", f"{code} has officers or cases") for code in left_out],
        )


def check_post(agency: Agency, unit: str | None) -> None:
    """Refuse an officer's unit that the agency does not have."""
    if unit is not None and not agency.has_unit(unit):
        raise InvalidInputError(
            f"{agency.code} has no unit {unit}",
            code="unknown-unit",
            faults=[Fault("unit", f"{agency.code} has no unit {unit}")],
        )
