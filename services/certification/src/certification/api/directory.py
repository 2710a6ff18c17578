"""The directory: anybody finds the programs certified now, or on another day, from a county."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from certification.domain.directory import Entry, Listing
from certification.storage.programs import place_in_directory
from certification.use_cases import look_up_directory as looking
from shared.http.paging import After, Limit, Page, decode_cursor, page_of
from shared.http.routes import CurrentTransaction, public_router
from shared.http.shapes import CalendarDate, CountyCode
from shared.law.counties import county as county_of

router = public_router("/v1/directory", tags=["directory"])

RANKS = ("0", "1")


class DirectoryEntry(BaseModel):
    """A certified program as the public sees it."""

    program_id: UUID
    name: str
    number: str
    headquarters_county: str
    served_counties: list[str]
    certified_since: date
    listed_as: Listing


class DirectoryPage(Page[DirectoryEntry]):
    """One page of the directory of a day."""

    as_of: date
    county: str | None


@router.get("", operation_id="look_up_directory")
async def look_up_directory(
    tx: CurrentTransaction,
    county: Annotated[
        CountyCode | None, Query(description="Name or FIPS code; without it, every county.")
    ] = None,
    as_of: Annotated[CalendarDate | None, Query(description="Another day than today.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> DirectoryPage:
    """Look up certified programs: those with headquarters in the county first, then by name."""
    day = as_of or tx.today
    cursor = decode_cursor(after, _rank, _name, UUID) if after else None
    command = looking.LookUpDirectory(county, day, cursor, limit)
    found = await looking.look_up_directory(tx, command)
    shown, following = page_of(found, limit, place_in_directory)
    return DirectoryPage(
        items=[_line_of(each) for each in shown],
        next=following,
        as_of=day,
        county=county_of(county).name if county else None,
    )


def _rank(text: str) -> int:
    return RANKS.index(text)


def _name(text: str) -> str:
    if not text.isprintable():
        raise ValueError("no program has such a name")
    return text


def _line_of(entry: Entry) -> DirectoryEntry:
    place = entry.program.place
    return DirectoryEntry(
        program_id=entry.program.id,
        name=entry.program.name,
        number=entry.number,
        headquarters_county=county_of(place.headquarters_county).name,
        served_counties=[county_of(each).name for each in place.served_counties],
        certified_since=entry.certified_since,
        listed_as=entry.listed_as,
    )
