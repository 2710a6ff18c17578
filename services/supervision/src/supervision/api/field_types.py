"""Fields of requests: each refuses what it cannot be without repeating what was sent."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from shared.errors import InvalidInputError
from shared.http.identity_fields import PRINTABLE
from shared.http.shapes import PlainDate, PlainInstant
from shared.law.counties import county

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


def _county(text: str) -> str:
    try:
        return county(text).name
    except InvalidInputError as unknown:
        raise ValueError(unknown.detail) from None


def _sensible(day: date) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError(f"must lie in the years {EARLIEST_YEAR} to {LATEST_YEAR}")
    return day


def _instant(at: datetime) -> datetime:
    _sensible(at)
    return at.astimezone(UTC)


def _text(longest: int) -> StringConstraints:
    return StringConstraints(
        strip_whitespace=True, min_length=1, max_length=longest, pattern=PRINTABLE
    )


Name = Annotated[str, _text(120)]
Evidence = Annotated[str, _text(200)]
CaseNumber = Annotated[str, _text(60)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
CountyName = Annotated[str, _text(60), AfterValidator(_county)]
Day = Annotated[PlainDate, AfterValidator(_sensible)]
Instant = Annotated[PlainInstant, AfterValidator(_instant)]
MonthText = Annotated[str, StringConstraints(pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$")]
