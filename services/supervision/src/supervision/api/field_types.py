"""Types of request fields. Their error messages never repeat the value that was sent."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from shared.counties import county
from shared.errors import InvalidInputError
from shared.http.identity_fields import PRINTABLE
from shared.http.years import Years
from shared.plain_dates import PlainDate, PlainInstant

EARLIEST_YEAR, LATEST_YEAR = 1900, 2200


def _county(text: str) -> str:
    try:
        return county(text).name
    except InvalidInputError as unknown:
        raise ValueError(unknown.detail) from None


def _in_utc(at: datetime) -> datetime:
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
Day = Annotated[PlainDate, Years(EARLIEST_YEAR, LATEST_YEAR)]
Instant = Annotated[PlainInstant, Years(EARLIEST_YEAR, LATEST_YEAR), AfterValidator(_in_utc)]
MonthText = Annotated[str, StringConstraints(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")]
