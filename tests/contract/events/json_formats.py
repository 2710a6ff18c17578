"""The formats that the catalog's schemas name, checked as strictly as a partner may."""

import re
from datetime import date, datetime
from uuid import UUID

from jsonschema import FormatChecker

FORMATS = FormatChecker(formats=())
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@FORMATS.checks("uuid", raises=ValueError)
def is_uuid(value: object) -> bool:
    """Lower case, with its dashes: as a Kafka key is."""
    return not isinstance(value, str) or str(UUID(value)) == value


@FORMATS.checks("date", raises=ValueError)
def is_date(value: object) -> bool:
    """A day of the calendar."""
    if not isinstance(value, str):
        return True
    return _DAY.fullmatch(value) is not None and bool(date.fromisoformat(value))


@FORMATS.checks("date-time", raises=ValueError)
def is_instant(value: object) -> bool:
    """An instant with its offset, as RFC 3339 writes it."""
    if not isinstance(value, str):
        return True
    return _INSTANT.fullmatch(value) is not None and bool(datetime.fromisoformat(value))
