"""The shapes that request bodies and queries have in common: dates, texts, codes, counties."""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from shared.errors import InvalidInputError
from shared.identity.texts import tidy_text
from shared.law.counties import county

FIRST_YEAR, LAST_YEAR = 2000, 2100
DATE_LENGTH = len("2026-11-20")
_DAY_AND_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]", re.ASCII)


class RequestBody(BaseModel):
    """A request's body; fields nobody knows are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _calendar_date(value: object) -> object:
    """Take `YYYY-MM-DD` alone: numbers and instants are dates only by guessing."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != DATE_LENGTH:
        raise PydanticCustomError("calendar_date", "must be a date, as YYYY-MM-DD")
    return value


def _instant(value: object) -> object:
    """Take text with a day and a time alone: digits are instants only by guessing."""
    if isinstance(value, str) and not _DAY_AND_TIME.match(value):
        raise PydanticCustomError("instant", "must be an instant, as 2026-11-20T18:00:00Z")
    if not isinstance(value, str | datetime):
        raise PydanticCustomError("instant", "must be an instant, as text")
    return value


def _in_range(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError(
            "calendar_date", f"must lie in the years {FIRST_YEAR} to {LAST_YEAR}"
        )
    return value


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


PlainDate = Annotated[date, BeforeValidator(_calendar_date)]
"""A day of any year, as `YYYY-MM-DD`."""

PlainInstant = Annotated[AwareDatetime, BeforeValidator(_instant)]
"""An instant of any year, as RFC 3339 has it, with its offset from UTC."""

CalendarDate = Annotated[PlainDate, AfterValidator(_in_range)]
"""A day, as `YYYY-MM-DD`, within the years the system can count in."""


def _tidy(value: object) -> object:
    return tidy_text(value) if isinstance(value, str) else value


Line = Annotated[
    str,
    BeforeValidator(_tidy),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_one_line),
]
"""A name, a title, a reference; non-breaking blanks become plain ones, invisible signs go."""

Lines = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(_lines),
]
"""A reason or a note."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""A code, for example of a checklist item; whether it is known is asked later."""

CountyCode = Annotated[
    str,
    AfterValidator(_county_code),
    WithJsonSchema({"type": "string", "examples": ["Sacramento", "06067"]}),
]
"""A county by name or FIPS code, read as its FIPS code."""
