"""The directory: anybody finds the programs certified now, or on another day, from a county."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from certification.domain.applications import Level
from certification.domain.directory import ListedProgram, Listing, Search, Site, known_day
from certification.domain.languages import language as language_of
from certification.storage import directory
from certification.storage.directory import place_in_directory
from certification.use_cases.show_directory_entry import show_directory_entry
from shared.counties import county as county_of
from shared.errors import InvalidInputError
from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, public_router
from shared.http.shapes import CalendarDate, CountyCode, Line

router = public_router("/v1/directory", tags=["directory"])

RANKS = ("0", "1")


def _language_code(value: str) -> str:
    try:
        return language_of(value).code
    except InvalidInputError as error:
        raise PydanticCustomError("unknown_language", "{why}", {"why": error.detail}) from None


LanguageCode = Annotated[
    str,
    AfterValidator(_language_code),
    WithJsonSchema({"type": "string", "examples": ["es", "hmn"]}),
]
AsOf = Annotated[
    CalendarDate | None,
    Query(
        description="Another day than today, none in the future: who was certified then. Names, "
        "counties and what programs say of themselves are today's."
    ),
]


class DirectoryProgram(BaseModel):
    """A certified program as the public sees it."""

    program_id: UUID
    name: str
    number: str
    headquarters_county: str
    served_counties: list[str]
    certified_since: date
    languages: list[str]
    accepting_clients: bool | None
    public_phone: str | None
    website: str | None
    details_said_on: date | None = Field(
        description="Day on which the program last said in which languages it treats, whether it "
        "accepts clients and how it is reached. Null if it never did, or on an unknown day."
    )
    conditions: list[str] = Field(
        description="Public conditions under which the Board certified it. Empty if none."
    )


class DirectoryEntry(DirectoryProgram):
    """One line of a list."""

    listed_as: Listing
    towns: list[str] = Field(description="Towns of its sites on that day, each once.")


class DirectorySite(BaseModel):
    """Where a program treats."""

    name: str
    street: str
    city: str
    county: str
    zip_code: str


class DirectoryProvider(BaseModel):
    """A provider who works with a program and is certified."""

    name: str
    number: str
    level: Level


class DirectoryEntryAnswer(DirectoryProgram):
    """One program, with where it treats and the certified providers who work with it."""

    as_of: date
    sites: list[DirectorySite]
    providers: list[DirectoryProvider]


class DirectoryPage(Page[DirectoryEntry]):
    """One page of the directory of a day."""

    as_of: date
    county: str | None


@router.get("", operation_id="look_up_directory")
async def get_directory(
    tx: CurrentTransaction,
    county: Annotated[
        CountyCode | None, Query(description="Name or FIPS code; without it, every county.")
    ] = None,
    name: Annotated[
        Line | None, Query(description="Words, each to be found in the program's name.")
    ] = None,
    language: Annotated[
        LanguageCode | None, Query(description="ISO 639 code of a language it treats in.")
    ] = None,
    accepting_clients: Annotated[
        bool | None, Query(description="Those that say so; without it, the silent ones too.")
    ] = None,
    as_of: AsOf = None,
    limit: Limit = 50,
    after: After = None,
) -> DirectoryPage:
    """Look up certified programs: those with headquarters in the county first, then by name."""
    day = known_day(as_of, tx.today)
    cursor = decode_cursor(after, _rank, _name, UUID) if after else None
    search = Search(county, name, language, accepting_clients)
    found = await directory.certified_on(tx, day, search, after=cursor, limit=limit)
    shown, following = page_of(found, limit, place_in_directory)
    return DirectoryPage(
        items=[_line_of(each) for each in shown],
        next=following,
        as_of=day,
        county=county_of(county).name if county else None,
    )


@router.get("/{number}", operation_id="show_directory_entry")
async def get_directory_entry(
    number: str, tx: CurrentTransaction, as_of: AsOf = None
) -> DirectoryEntryAnswer:
    """Show one program; what is not certified that day is not found, whatever it was before."""
    day = known_day(as_of, tx.today)
    shown = await show_directory_entry(tx, number, day)
    return DirectoryEntryAnswer(
        **_program_of(shown.entry),
        as_of=day,
        sites=[_site_of(each) for each in shown.on_day.sites],
        providers=[DirectoryProvider(**vars(each)) for each in shown.on_day.providers],
    )


def _rank(text: str) -> int:
    return RANKS.index(text)


def _name(text: str) -> str:
    if not text.isprintable():
        raise ValueError("no program has such a name")
    return text


def _line_of(entry: ListedProgram) -> DirectoryEntry:
    return DirectoryEntry(**_program_of(entry), listed_as=entry.listed_as, towns=list(entry.towns))


def _program_of(entry: ListedProgram) -> dict[str, Any]:
    program = entry.program
    return {
        "program_id": program.id,
        "name": program.name,
        "number": entry.number,
        "headquarters_county": county_of(program.place.headquarters_county).name,
        "served_counties": [county_of(each).name for each in program.place.served_counties],
        "certified_since": entry.certified_since,
        "languages": list(program.languages),
        "accepting_clients": program.accepting_clients,
        "public_phone": program.public_phone,
        "website": program.website,
        "details_said_on": program.details_said_on,
        "conditions": list(entry.conditions),
    }


def _site_of(site: Site) -> DirectorySite:
    return DirectorySite(
        name=site.name,
        street=site.street,
        city=site.city,
        county=county_of(site.county).name,
        zip_code=site.zip_code,
    )
