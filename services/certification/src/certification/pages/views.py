"""The content of the directory's pages in words; templates only arrange it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from certification.domain.applications import Level, ProgramPlace
from certification.domain.directory import MOST_COUNTED, ListedProgram, Listing, Search, Site
from certification.domain.languages import Language, language
from certification.pages.rendering import listed, phone_words
from certification.storage.program_days import ProgramDay
from certification.use_cases.browse_directory import Found
from shared.counties import county

KEPT_WORDS = 8_192
MOST_TOWNS = 3
MOST_NAMED = 6
"""The most counties named in a list entry; the program's own page names all."""
LEVELS = {
    Level.INDEPENDENT: "Independent provider",
    Level.ASSOCIATE: "Associate provider",
    Level.APPRENTICE: "Apprentice provider",
    Level.STUDENT: "Student provider",
}


@dataclass(frozen=True)
class SiteView:
    """A place where a program provides treatment."""

    name: str
    street: str
    place: str
    county: str


@dataclass(frozen=True)
class ProviderView:
    """A certified provider who works with a program."""

    name: str
    level: str
    number: str


@dataclass(frozen=True)
class ProgramView:
    """A program on its own page."""

    name: str
    number: str
    headquarters: str
    serves: tuple[str, ...]
    languages: tuple[Language, ...]
    accepting_clients: bool | None
    said_on: date | None
    conditions: tuple[str, ...]
    certified_since: date
    phone: str | None
    website: str | None
    sites: tuple[SiteView, ...]
    providers: tuple[ProviderView, ...]


@dataclass(frozen=True)
class LineView:
    """A program in a list; texts may be empty."""

    name: str
    number: str
    where: str
    towns: str
    phone: str
    languages: str
    accepting_clients: bool | None
    said_on: date | None
    has_conditions: bool
    certified_since: date


@dataclass(frozen=True)
class DirectorySection:
    """Programs listed for the same reason; `count` is in words."""

    listed_as: Listing
    count: str
    lines: tuple[LineView, ...]


def sections(found: Found, county: str | None) -> list[DirectorySection]:
    """Return the sections of a page that are not empty."""
    lines: dict[Listing, list[LineView]] = {each: [] for each in Listing}
    for entry in found.entries:
        is_here = county is not None and entry.listed_as is Listing.HEADQUARTERS
        lines[entry.listed_as].append(_line(entry, is_here=is_here))
    return [
        DirectorySection(reason, programs_in_words(found.counts.get(reason, 0)), tuple(shown))
        for reason, shown in lines.items()
        if shown
    ]


def filters_in_words(search: Search) -> list[str]:
    """Return the search criteria besides the county, each to follow the word `those`."""
    said = {True: "that accept clients", False: "that do not accept clients now"}
    words = (
        f"with “{search.name}” in the name" if search.name else "",
        f"that treat in {language(search.language).english}" if search.language else "",
        said.get(search.accepting_clients, "") if search.accepting_clients is not None else "",
    )
    return [each for each in words if each]


def programs_in_words(count: int) -> str:
    """Return the number of programs in words, as far as they were counted."""
    if count == 0:
        return "no program"
    if count > MOST_COUNTED:
        return f"more than {MOST_COUNTED:,} programs"
    return "1 program" if count == 1 else f"{count:,} programs"


def program_view(entry: ListedProgram, on_day: ProgramDay) -> ProgramView:
    """Return everything the public may know of a program."""
    program = entry.program
    return ProgramView(
        name=program.name,
        number=entry.number,
        headquarters=county(program.place.headquarters_county).name,
        serves=_names(program.place.served_counties),
        languages=tuple(language(each) for each in program.languages),
        accepting_clients=program.accepting_clients,
        said_on=program.details_said_on,
        conditions=tuple(entry.conditions),
        certified_since=entry.certified_since,
        phone=program.public_phone,
        website=program.website,
        sites=tuple(_site(each) for each in on_day.sites),
        providers=tuple(
            ProviderView(each.name, LEVELS[each.level], each.number) for each in on_day.providers
        ),
    )


def _line(entry: ListedProgram, *, is_here: bool) -> LineView:
    program = entry.program
    return LineView(
        name=program.name,
        number=entry.number,
        where=_where(program.place, is_here=is_here),
        towns=_towns(tuple(entry.towns)),
        phone=phone_words(program.public_phone or ""),
        languages=_languages(program.languages),
        accepting_clients=program.accepting_clients,
        said_on=program.details_said_on,
        has_conditions=bool(entry.conditions),
        certified_since=entry.certified_since,
    )


@lru_cache(KEPT_WORDS)
def _towns(towns: tuple[str, ...]) -> str:
    """Return the towns in which a program treats, for readers of a printed list."""
    more = len(towns) - MOST_TOWNS
    return listed([*towns[:MOST_TOWNS], f"{more} more"] if more > 0 else towns)


@lru_cache(KEPT_WORDS)
def _languages(codes: tuple[str, ...]) -> str:
    return listed([language(each).english for each in codes])


@lru_cache(KEPT_WORDS)
def _where(place: ProgramPlace, *, is_here: bool) -> str:
    """Return the program's counties; under its own county, only the other ones it serves."""
    named = _names(place.served_counties[:MOST_NAMED])
    more = len(place.served_counties) - len(named)
    served = listed([*named, f"{more} more"] if more else named)
    if is_here:
        return f"Also serves {served}" if served else ""
    serves = f"; serves {served}" if served else ""
    return f"Headquarters in {county(place.headquarters_county).name} County{serves}"


def _site(site: Site) -> SiteView:
    place = f"{site.city}, CA {site.zip_code}"
    return SiteView(site.name, site.street, place, county(site.county).name)


def _names(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(county(each).name for each in codes)
