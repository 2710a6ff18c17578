"""The public directory of programs certified today or on an earlier day, by county."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query
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
        description="Show the programs certified on this day: today or earlier. If omitted, "
        "today. Names, counties and the details that programs report are today's, also for an "
        "earlier day."
    ),
]


class DirectoryProgram(BaseModel):
    """A certified program as the public sees it."""

    program_id: UUID
    name: str
    number: str = Field(description="Public number of the program, for example `PRG-000001`.")
    headquarters_county: str = Field(description="County of the program's headquarters, by name.")
    served_counties: list[str] = Field(
        description="Other counties that the program serves, by name."
    )
    certified_since: date = Field(
        description="First day of the unbroken time for which the program has been certified."
    )
    languages: list[str] = Field(
        description="ISO 639 codes of the languages it treats in, as the program reported them. "
        "Empty if it has not reported any."
    )
    accepting_clients: bool | None = Field(
        description="Whether the program accepts clients. Null if it has not reported it."
    )
    public_phone: str | None = Field(
        description="Telephone number for the public. Null if the program has not reported one."
    )
    website: str | None = Field(
        description="Web address. Null if the program has not reported one."
    )
    details_said_on: date | None = Field(
        description="Day on which the program last reported its languages, contact details and "
        "whether it accepts clients. Null if it never did, or if the day is unknown."
    )
    conditions: list[str] = Field(
        description="Public conditions of the program's certification. Empty if there are none."
    )


class DirectoryEntry(DirectoryProgram):
    """One program in the directory's list."""

    listed_as: Listing = Field(
        description="`headquarters`: the program has its headquarters in the county. `serves`: it "
        "serves the county."
    )
    towns: list[str] = Field(description="Towns of the program's sites on that day, each once.")


class DirectorySite(BaseModel):
    """A place where a program provides treatment."""

    name: str
    street: str
    city: str
    county: str = Field(description="County of the site, by name.")
    zip_code: str


class DirectoryProvider(BaseModel):
    """A certified provider who works with a program."""

    name: str
    number: str = Field(description="Public number of the provider, for example `PRV-000001`.")
    level: Level


class DirectoryEntryAnswer(DirectoryProgram):
    """One program with its sites and the certified providers who work with it."""

    as_of: date = Field(description="The day for which the program is shown.")
    sites: list[DirectorySite] = Field(description="The program's sites on that day.")
    providers: list[DirectoryProvider] = Field(
        description="Providers linked with the program who were certified on that day."
    )


class DirectoryPage(Page[DirectoryEntry]):
    """One page of the directory for one day."""

    as_of: date = Field(description="The day for which the directory is shown.")
    county: str | None = Field(
        description="The county asked for, by name. Null if all counties were asked for."
    )


InCounty = Annotated[
    CountyCode | None,
    Query(
        description="County by name or FIPS code: programs with headquarters there or serving "
        "it. If omitted, all counties."
    ),
]
WithName = Annotated[
    Line | None,
    Query(description="Words that the program's name must all contain. If omitted, any name."),
]
InLanguage = Annotated[
    LanguageCode | None,
    Query(
        description="ISO 639 code of a language that the program treats in. If omitted, any "
        "language."
    ),
]
Accepting = Annotated[
    bool | None,
    Query(
        description="If true, only programs that report accepting clients. If false, only "
        "programs that report not accepting them. If omitted, all programs."
    ),
]


@router.get("", operation_id="look_up_directory")
async def get_directory(
    tx: CurrentTransaction,
    county: InCounty = None,
    name: WithName = None,
    language: InLanguage = None,
    accepting_clients: Accepting = None,
    as_of: AsOf = None,
    limit: Limit = 50,
    after: After = None,
) -> DirectoryPage:
    """List certified programs by name, those with headquarters in the county first."""
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
    number: Annotated[
        str, Path(description="Public number of the program, for example `PRG-000001`.")
    ],
    tx: CurrentTransaction,
    as_of: AsOf = None,
) -> DirectoryEntryAnswer:
    """Show one certified program.

    Answers 404 if the program was not certified on that day.
    """
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
        raise ValueError("the name contains unprintable characters")
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
