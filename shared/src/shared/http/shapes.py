"""Field types that request bodies and queries share: dates, texts, codes, counties."""

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from shared.counted_years import FIRST_YEAR, LAST_YEAR
from shared.counties import county
from shared.errors import InvalidInputError
from shared.http.years import Years
from shared.identity.texts import tidy_text
from shared.plain_dates import PlainDate, PlainInstant


class RequestBody(BaseModel):
    """A request body; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _one_line(value: str) -> str:
    if not value.isprintable():
        raise PydanticCustomError("one_line", "must be one line of printable characters")
    return value


def _lines(value: str) -> str:
    for line in value.splitlines():
        _one_line(line)
    return value


def _county_code(value: str) -> str:
    try:
        return county(value).fips
    except InvalidInputError as error:
        raise PydanticCustomError("unknown_county", "{why}", {"why": error.detail}) from None


CalendarDate = Annotated[PlainDate, Years(FIRST_YEAR, LAST_YEAR)]
"""A date as `YYYY-MM-DD`, within the years that the system supports."""

CalendarInstant = Annotated[PlainInstant, Years(FIRST_YEAR, LAST_YEAR)]
"""An instant with its UTC offset, within the same years."""


def _tidy(value: object) -> object:
    return tidy_text(value) if isinstance(value, str) else value


Line = Annotated[
    str,
    BeforeValidator(_tidy),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
]
"""A name, title or reference; non-breaking spaces become spaces, invisible characters go."""

Lines = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(_lines),
]
"""A reason or a note."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""A code, for example of a checklist item; the use case checks whether it exists."""

CountyCode = Annotated[
    str,
    AfterValidator(_county_code),
    WithJsonSchema(
        {
            "type": "string",
            "minLength": 1,
            "maxLength": 60,
            "description": "One of California's 58 counties, by its name or its FIPS code.",
            "examples": ["Sacramento", "06067"],
        }
    ),
]
"""A county by name or FIPS code, converted to its FIPS code."""
