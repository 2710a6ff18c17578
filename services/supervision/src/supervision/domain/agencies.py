"""Supervising agencies, their units and officers: reference data that agencies maintain."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from shared.authorities import EVERY_UNIT
from shared.errors import ConflictError, Fault, InvalidInputError


class AgencyKind(StrEnum):
    """The kind of a supervising agency."""

    PROBATION = "probation"
    PAROLE = "parole"
    STATE_HOSPITALS = "state-hospitals"
    FEDERAL = "federal"


@dataclass(frozen=True)
class Unit:
    """A unit of an agency, whose officers substitute for each other."""

    code: str
    name: str


@dataclass(frozen=True)
class Agency:
    """A supervising agency. Access tokens and events identify it by its code."""

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
    """A supervising officer. The ID is the `sub` claim of the officer's access tokens."""

    id: UUID
    name: str
    agency: str
    unit: str | None
    version: int


class Asker(Protocol):
    """The acting user, as far as the unit is concerned."""

    @property
    def unit(self) -> str | None:
        """Unit code in the access token, `*` for every unit, or None if the token has no unit."""
        ...


def unit_of_work(asker: Asker, officer: Officer, agency: Agency) -> str | None:
    """Return the unit for which an officer acts: from the token, else from the officer's record.

    Returns None if neither names a unit. Raises ConflictError for a unit that the agency has not
    recorded, because nobody would see a case of such a unit.
    """
    named = None if asker.unit == EVERY_UNIT else asker.unit
    unit = named or officer.unit
    if unit is not None and not agency.has_unit(unit):
        raise ConflictError(
            f"agency {agency.code} has no recorded unit {unit}, for which you act; the agency lead"
            f" or an operator must record it with PUT /v1/agencies/{agency.code}",
            code="unit-unknown",
        )
    return unit


def check_kind(earlier: AgencyKind, kind: AgencyKind) -> None:
    """Refuse to change the kind of an agency with cases, because another kind may not hold them."""
    if kind is not earlier:
        raise ConflictError(
            f"the kind of this agency must stay {earlier} because the agency has cases",
            code="kind-in-use",
            faults=[Fault("kind", f"must be {earlier} because the agency has cases")],
        )


def check_units(units: Collection[Unit], used: Collection[str]) -> None:
    """Refuse a list with a duplicate unit, or without a unit that has officers or cases."""
    codes = [unit.code for unit in units]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise InvalidInputError(
            f"these units are listed more than once: {', '.join(twice)}",
            code="unit-named-twice",
            faults=[Fault("units", f"contains {code} more than once") for code in twice],
        )
    if left_out := sorted(set(used) - set(codes)):
        raise ConflictError(
            f"these units have officers or cases and cannot be removed: {', '.join(left_out)}",
            code="unit-in-use",
            faults=[
                Fault("units", f"must contain {code}, which has officers or cases")
                for code in left_out
            ],
        )


def check_post(agency: Agency, unit: str | None) -> None:
    """Refuse a unit that the officer's agency does not have."""
    if unit is not None and not agency.has_unit(unit):
        raise InvalidInputError(
            f"agency {agency.code} has no unit {unit}",
            code="unknown-unit",
            faults=[Fault("unit", f"is not a unit of agency {agency.code}")],
        )
