"""The public directory of certified programs; it never holds anything of a client.

A program is listed under the county of its headquarters and found from every county it serves
(Board standards page).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from certification.domain.applications import Place


class Listing(StrEnum):
    """Why a program is found from a county."""

    HEADQUARTERS = "headquarters"
    SERVES = "serves"


@dataclass(frozen=True)
class Program:
    """A program that was certified once."""

    id: UUID
    name: str
    place: Place
    applicant_id: UUID | None = None
    version: int = 1


@dataclass(frozen=True)
class Entry:
    """One line of the directory."""

    program: Program
    number: str
    certified_since: date
    listed_as: Listing


def listing(place: Place, county: str) -> Listing:
    """How a program found from a county is listed there; the headquarters come first."""
    return Listing.HEADQUARTERS if place.headquarters_county == county else Listing.SERVES
