"""What the API takes and says of a program: how it is reached, its sites, who works with it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from certification.domain.applications import Level
from certification.domain.directory import Site
from certification.domain.program_changes import KeptChange, ProgramChange
from certification.domain.program_details import telephone, web_address
from certification.domain.program_links import LinkedHolder
from certification.domain.standings import Status
from shared.counties import county
from shared.errors import InvalidInputError
from shared.http.shapes import CalendarDate, Line, RequestBody


def _read(parse: Callable[[str], str]) -> AfterValidator:
    def read(value: str) -> str:
        try:
            return parse(value)
        except InvalidInputError as error:
            raise PydanticCustomError("not_reached", "{why}", {"why": error.detail}) from None

    return AfterValidator(read)


Telephone = Annotated[
    Line,
    _read(telephone),
    WithJsonSchema({"type": "string", "maxLength": 200, "examples": ["+1 916 555 0100"]}),
]
WebAddress = Annotated[
    Line,
    _read(web_address),
    WithJsonSchema({"type": "string", "maxLength": 200, "examples": ["https://program.example/"]}),
]
ZipCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{5}(-[0-9]{4})?$")]


class ProgramSpanEndBody(RequestBody):
    """From which day it holds no longer; without it, from today.

    Another day corrects an end; the first day says that it never held.
    """

    effective_on: CalendarDate | None = None


class ProgramSiteAnswer(BaseModel):
    """Where a program treats; until the day before `effective_until`."""

    site_id: UUID
    name: str
    street: str
    city: str
    county: str
    zip_code: str
    effective_from: date
    effective_until: date | None


class LinkedProviderAnswer(BaseModel):
    """A provider who works with a program, as it stands on the day of the question."""

    link_id: UUID
    provider_id: UUID
    name: str
    number: str | None
    level: Level | None
    status: Status
    effective_from: date
    effective_until: date | None


class ProgramChangeAnswer(BaseModel):
    """What changed of a program, by whom: it made the version `number`; counties by FIPS code."""

    program_id: UUID
    number: int
    change: ProgramChange
    before: dict[str, str | bool | list[str] | None] | None = Field(
        description="How it stood before; null where nothing was there."
    )
    after: dict[str, str | bool | list[str] | None]
    at: datetime
    by: str


def site_answer(site: Site) -> ProgramSiteAnswer:
    """Shape a site."""
    return ProgramSiteAnswer(
        site_id=site.id,
        name=site.name,
        street=site.street,
        city=site.city,
        county=county(site.county).name,
        zip_code=site.zip_code,
        effective_from=site.effective_from,
        effective_until=site.effective_until,
    )


def linked_provider_answer(linked: LinkedHolder) -> LinkedProviderAnswer:
    """Shape who works with a program."""
    link = linked.link
    return LinkedProviderAnswer(
        link_id=link.id,
        provider_id=link.provider_id,
        name=linked.name,
        number=linked.number,
        level=linked.level,
        status=linked.status,
        effective_from=link.effective_from,
        effective_until=link.effective_until,
    )


def change_answer(change: KeptChange) -> ProgramChangeAnswer:
    """Shape a change."""
    return ProgramChangeAnswer.model_validate(change, from_attributes=True)
