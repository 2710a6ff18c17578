"""The public directory of certified programs; it never contains anything about clients.

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

MOST_COUNTED = 1_000
"""The most programs that are counted per section; counting all would cost too much."""


class Listing(StrEnum):
    """Why a program is listed for a county: its headquarters are there, or it serves the county."""

    HEADQUARTERS = "headquarters"
    SERVES = "serves"


@dataclass(frozen=True)
class Program:
    """A program that is or was certified, and the details it reports to the public.

    `languages` are ISO 639 codes. `accepting_clients` is None if the program has not reported it.
    `details_said_on` is the day of its last report; None if unknown.
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
    """A place where a program provides treatment; the county is a FIPS code."""

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
        """Whether it is at the same place and still open on the first day of the other."""
        told = ("program_id", "name", "street", "city", "county", "zip_code")
        is_open = self.effective_until is None or self.effective_until > other.effective_from
        return is_open and all(getattr(self, name) == getattr(other, name) for name in told)


@dataclass(frozen=True)
class ListedProgram:
    """One program in the directory's list."""

    program: Program
    number: str
    certified_since: date
    listed_as: Listing
    conditions: Sequence[str] = ()
    """Public conditions of the certification."""
    towns: Sequence[str] = ()
    """Towns of its sites on that day, each once."""


@dataclass(frozen=True)
class Search:
    """The criteria of a search; None if a criterion was not given."""

    county: str | None = None
    name: str | None = None
    language: str | None = None
    accepting_clients: bool | None = None


def listing(place: ProgramPlace, county: str) -> Listing:
    """Return why a program is listed for a county: headquarters, else service."""
    return Listing.HEADQUARTERS if place.headquarters_county == county else Listing.SERVES


def known_day(as_of: date | None, today: date) -> date:
    """Return the requested day, by default today; InvalidInputError for a future day."""
    if as_of is not None and as_of > today:
        raise InvalidInputError(
            f"the directory cannot show a day after {today.isoformat()}",
            code="as-of-in-future",
            faults=[Fault("as_of", f"must not be after {today.isoformat()}")],
        )
    return as_of or today
