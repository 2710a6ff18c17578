"""What the pages show of a program, in words; templates only place it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from certification.domain.directory import Entry, Listing, Site
from certification.domain.languages import Language, language
from certification.use_cases.browse_directory import MOST_COUNTED
from shared.law.counties import county

MOST_NAMED = 6
"""Counties named in a line of a list; the program's own page names all."""


@dataclass(frozen=True)
class ProgramLine:
    """A program in a list."""

    name: str
    number: str
    headquarters: str
    serves: tuple[str, ...]
    serves_more: int
    languages: tuple[str, ...]
    accepting_clients: bool | None
    certified_since: date


@dataclass(frozen=True)
class SiteView:
    """Where a program treats."""

    name: str
    street: str
    place: str
    county: str


@dataclass(frozen=True)
class ProgramView:
    """A program on its own page."""

    name: str
    number: str
    headquarters: str
    serves: tuple[str, ...]
    languages: tuple[Language, ...]
    accepting_clients: bool | None
    certified_since: date
    phone: str | None
    website: str | None
    sites: tuple[SiteView, ...]


@dataclass(frozen=True)
class Section:
    """Programs that are found for the same reason; `count` is in words."""

    listed_as: Listing
    count: str
    lines: tuple[ProgramLine, ...]


def sections(entries: list[Entry], counts: Mapping[Listing, int]) -> list[Section]:
    """The sections of a page that have something on it."""
    lines = {
        listed: tuple(_line(each) for each in entries if each.listed_as is listed)
        for listed in Listing
    }
    return [
        Section(listed, programs_in_words(counts.get(listed, 0)), shown)
        for listed, shown in lines.items()
        if shown
    ]


def programs_in_words(count: int) -> str:
    """How many programs, as far as they were counted."""
    if count == 0:
        return "no program"
    if count > MOST_COUNTED:
        return f"more than {MOST_COUNTED:,} programs"
    return "1 program" if count == 1 else f"{count:,} programs"


def program_view(entry: Entry, sites: list[Site]) -> ProgramView:
    """A program with everything the public may know of it."""
    program = entry.program
    return ProgramView(
        name=program.name,
        number=entry.number,
        headquarters=county(program.place.headquarters_county).name,
        serves=_names(program.place.served_counties),
        languages=tuple(language(each) for each in program.languages),
        accepting_clients=program.accepting_clients,
        certified_since=entry.certified_since,
        phone=program.public_phone,
        website=program.website,
        sites=tuple(_site(each) for each in sites),
    )


def _line(entry: Entry) -> ProgramLine:
    program = entry.program
    served = program.place.served_counties
    return ProgramLine(
        name=program.name,
        number=entry.number,
        headquarters=county(program.place.headquarters_county).name,
        serves=_names(served[:MOST_NAMED]),
        serves_more=max(0, len(served) - MOST_NAMED),
        languages=tuple(language(each).english for each in program.languages),
        accepting_clients=program.accepting_clients,
        certified_since=entry.certified_since,
    )


def _site(site: Site) -> SiteView:
    place = f"{site.city}, CA {site.zip_code}"
    return SiteView(site.name, site.street, place, county(site.county).name)


def _names(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(county(each).name for each in codes)
