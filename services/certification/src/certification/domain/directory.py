"""The public directory of certified programs; it never holds anything of a client.

A program is listed under the county of its headquarters and found from every county it serves
(Board standards page).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from certification.domain.applications import ProgramPlace
from shared.errors import Fault, InvalidInputError


class Listing(StrEnum):
    """Why a program is found from a county."""

    HEADQUARTERS = "headquarters"
    SERVES = "serves"


@dataclass(frozen=True)
class Program:
    """A program that was certified once, and what it lets the public know of itself.

    `languages` are ISO 639 codes; `accepting_clients` is None where the program has not said.
    `details_said_on` is the day on which it last said all of that; None where nobody knows.
    """

    id: UUID
    name: str
    place: ProgramPlace
    applicant_id: UUID | None = None
    version: int = 1
    languages: tuple[str, ...] = ()
    accepting_clients: bool | None = None
    public_phone: str | None = None
    website: str | None = None
    details_said_on: date | None = None


@dataclass(frozen=True)
class Site:
    """Where a program treats; the county by its FIPS code."""

    id: UUID
    program_id: UUID
    name: str
    street: str
    city: str
    county: str
    zip_code: str
    effective_from: date
    effective_until: date | None = None

    def is_same(self, other: "Site") -> bool:
        """Whether it is at the same place, and not closed by the first day of the other."""
        told = ("program_id", "name", "street", "city", "county", "zip_code")
        is_open = self.effective_until is None or self.effective_until > other.effective_from
        return is_open and all(getattr(self, name) == getattr(other, name) for name in told)


@dataclass(frozen=True)
class ListedProgram:
    """One line of the directory."""

    program: Program
    number: str
    certified_since: date
    listed_as: Listing
    conditions: Sequence[str] = ()
    """The public ones that the Board set."""
    towns: Sequence[str] = ()
    """Where it treats that day, each town once."""


@dataclass(frozen=True)
class Search:
    """What somebody looks for; None where it does not matter."""

    county: str | None = None
    name: str | None = None
    language: str | None = None
    accepting_clients: bool | None = None


def listing(place: ProgramPlace, county: str) -> Listing:
    """How a program found from a county is listed there; the headquarters come first."""
    return Listing.HEADQUARTERS if place.headquarters_county == county else Listing.SERVES


def known_day(as_of: date | None, today: date) -> date:
    """The day asked for, today without one; nobody knows who will be certified tomorrow."""
    if as_of is not None and as_of > today:
        message = f"the directory knows no day after {today.isoformat()}"
        raise InvalidInputError(message, code="as-of-in-future", faults=[Fault("as_of", message)])
    return as_of or today
