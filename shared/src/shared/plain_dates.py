"""Dates and instants as text, in one format each: `2026-11-20`, and RFC 3339 with its offset.

Everything else is refused. Lenient parsers take `1700006400` for a day of 2023 and `2026-W47-5` for
a Friday, and nobody notices.
"""

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


def read_day(text: str) -> date:
    """Parse `YYYY-MM-DD`; raises ValueError for any other text."""
    if not _DAY.fullmatch(text):
        raise ValueError("must be a date in the form YYYY-MM-DD")
    return date.fromisoformat(text)


def read_instant(text: str) -> datetime:
    """Parse a date and time with a UTC offset; raises ValueError for any other text."""
    if not _INSTANT.fullmatch(text):
        raise ValueError("must be a date and time with a UTC offset, such as 2026-11-20T18:00:00Z")
    return datetime.fromisoformat(text.upper())


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return read_day(value if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError("plain_date", "must be a date in the form YYYY-MM-DD") from None


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    try:
        return read_instant(value if isinstance(value, str) else "")
    except ValueError:
        raise PydanticCustomError(
            "plain_instant",
            "must be a date and time with a UTC offset, such as 2026-11-20T18:00:00Z",
        ) from None


PlainDate = Annotated[date, BeforeValidator(_day)]
"""A day of any year, as `YYYY-MM-DD`."""

PlainInstant = Annotated[AwareDatetime, BeforeValidator(_instant)]
"""An instant of any year in RFC 3339 format, with its UTC offset."""
