"""What changes of a program between two of its certifications, and how it stood before and after.

A program says of itself in which languages it treats, whether it accepts clients, how it is
reached and where it treats. Its headquarters, its counties and its providers the Board records.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.directory import Program, Site

Told = Mapping[str, str | bool | list[str] | None]
"""Facts of a program by their names, as they are kept and shown."""


class ProgramChange(StrEnum):
    """What may change of a program that was certified."""

    CERTIFIED = "certified"
    DETAILS = "details"
    PLACES = "places"
    NAMED = "named"
    SITE_OPENED = "site-opened"
    SITE_CLOSED = "site-closed"
    PROVIDER_LINKED = "provider-linked"
    PROVIDER_UNLINKED = "provider-unlinked"


@dataclass(frozen=True)
class KeptChange:
    """One change: it made the version `number` of its program; nothing was there before a first."""

    program_id: UUID
    number: int
    change: ProgramChange
    before: Told | None
    after: Told
    at: datetime
    by: str


def details_of(program: Program) -> Told:
    """What a program says of itself."""
    return {
        "languages": list(program.languages),
        "accepting_clients": program.accepting_clients,
        "public_phone": program.public_phone,
        "website": program.website,
    }


def places_of(program: Program) -> Told:
    """Where a program is, by FIPS codes."""
    return {
        "headquarters_county": program.place.headquarters_county,
        "served_counties": list(program.place.served_counties),
    }


def certified_as(program: Program) -> Told:
    """What a certification says of a program: its name and where it is."""
    return {"name": program.name, **places_of(program)}


def site_told(site: Site) -> Told:
    """Where a program treats, from when until when."""
    until = site.effective_until
    return {
        "site_id": str(site.id),
        "name": site.name,
        "street": site.street,
        "city": site.city,
        "county": site.county,
        "zip_code": site.zip_code,
        "effective_from": site.effective_from.isoformat(),
        "effective_until": until.isoformat() if until else None,
    }
