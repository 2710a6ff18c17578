"""Changes of a program outside its certifications, with the values before and after.

A program reports its languages, whether it accepts clients, its contact details and its sites. The
Board records its headquarters, its counties and its providers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from certification.domain.directory import Program, Site

Told = Mapping[str, str | bool | list[str] | None]
"""Facts about a program, by field name, as they are stored and shown."""


class ProgramChange(StrEnum):
    """What changed about a program.

    `certified`: a new certification. `details`: what it reports. `places`: its counties. `named`:
    its name. `site-opened`, `site-closed`, `provider-linked`, `provider-unlinked`: a site or
    provider link.
    """

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
    """One change, which made version `number` of its program; `before` is None for a new fact."""

    program_id: UUID
    number: int
    change: ProgramChange
    before: Told | None
    after: Told
    at: datetime
    by: str


def details_of(program: Program) -> Told:
    """Return the details that a program reports."""
    return {
        "languages": list(program.languages),
        "accepting_clients": program.accepting_clients,
        "public_phone": program.public_phone,
        "website": program.website,
    }


def places_of(program: Program) -> Told:
    """Return a program's counties, as FIPS codes."""
    return {
        "headquarters_county": program.place.headquarters_county,
        "served_counties": list(program.place.served_counties),
    }


def certified_as(program: Program) -> Told:
    """Return the facts that come from a certification: name and counties."""
    return {"name": program.name, **places_of(program)}


def site_told(site: Site) -> Told:
    """Return the facts about a site, with its first and last day."""
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
