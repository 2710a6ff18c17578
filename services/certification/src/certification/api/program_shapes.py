"""Request and response fields of programs: contact details, sites and linked providers."""

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
    """When a program's site or link ends."""

    effective_on: CalendarDate | None = Field(
        default=None,
        description="First day without the site or link. If omitted, today. If it has ended "
        "already, another day corrects the end. Its own first day means that it was recorded by "
        "mistake and never existed.",
    )


class ProgramSiteAnswer(BaseModel):
    """A place where a program provides treatment."""

    site_id: UUID
    name: str
    street: str
    city: str
    county: str = Field(description="County of the site, by name.")
    zip_code: str
    effective_from: date = Field(description="First day of the site.")
    effective_until: date | None = Field(
        description="First day without the site. Null if no end is recorded."
    )


class LinkedProviderAnswer(BaseModel):
    """A provider who works with a program."""

    link_id: UUID
    provider_id: UUID
    name: str
    number: str | None = Field(
        description="Public number of the provider. Null if it was never certified."
    )
    level: Level | None = Field(
        description="Level of the provider's certification on that day. Null if it has none."
    )
    status: Status = Field(description="Status of the provider's certification on that day.")
    effective_from: date = Field(description="First day of the link.")
    effective_until: date | None = Field(
        description="First day without the link. Null if no end is recorded."
    )


class ProgramChangeAnswer(BaseModel):
    """One change of a program."""

    program_id: UUID
    number: int = Field(description="Version of the program that the change made.")
    change: ProgramChange = Field(description="What changed.")
    before: dict[str, str | bool | list[str] | None] | None = Field(
        description="The values before the change, by field name; counties as FIPS codes. Null if "
        "nothing was recorded before."
    )
    after: dict[str, str | bool | list[str] | None] = Field(
        description="The values after the change, by field name; counties as FIPS codes."
    )
    at: datetime = Field(description="When the change was recorded.")
    by: str = Field(description="Token subject (`sub`) of the person who recorded the change.")


def site_answer(site: Site) -> ProgramSiteAnswer:
    """Build the response for a site."""
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
    """Build the response for a provider linked with a program."""
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
    """Build the response for a change."""
    return ProgramChangeAnswer.model_validate(change, from_attributes=True)
