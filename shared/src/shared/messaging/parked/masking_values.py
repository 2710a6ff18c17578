"""Decides whether one value of an event's data may be shown, by its declared type.

Text is shown only if the type lists its possible values: in a record that somebody else wrote, a
code field may contain a name.
"""

import re
import types
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Literal, Union, get_args, get_origin
from uuid import UUID

import orjson

from shared.plain_dates import read_day

_LARGEST_NUMBER = 2**63
_DAY_AND_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)


def value_in_clear(annotation: object, value: object) -> str | None:
    """Return a value as text if one of the declared types allows showing it, else None."""
    for kind in _kinds(annotation):
        try:
            clear = _as(kind, value)
        except ValueError:
            continue
        if clear is not None:
            return clear
    return None


def instant_in_clear(text: str) -> str | None:
    """Return an instant in standard form; ValueError for bare digits or an impossible date."""
    return datetime.fromisoformat(text).isoformat() if _DAY_AND_TIME.match(text) else None


def masked_length(value: object) -> int:
    """The number of characters of a text, or of the JSON of any other value."""
    return len(value) if isinstance(value, str) else len(orjson.dumps(value))


def _as(kind: object, value: object) -> str | None:
    if kind is bool or kind is int:
        return _number(kind, value)
    if not isinstance(value, str):
        return None
    if get_origin(kind) is Literal:
        return value if value in get_args(kind) else None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return str(kind(value).value)
    return _parsed(kind, value)


def _number(kind: object, value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).lower() if kind is bool else None
    is_number = kind is int and isinstance(value, int) and abs(value) <= _LARGEST_NUMBER
    return str(value) if is_number else None


def _parsed(kind: object, value: str) -> str | None:
    """Parse and format the value again, so that nothing but the id or the date is shown."""
    if kind is UUID:
        return str(UUID(value))
    if kind is date:
        return read_day(value).isoformat()
    return instant_in_clear(value) if kind is datetime else None


def _kinds(annotation: object) -> Iterator[object]:
    origin = get_origin(annotation)
    if origin in {Union, types.UnionType}:
        for each in get_args(annotation):
            yield from _kinds(each)
    elif origin is Annotated:
        yield from _kinds(get_args(annotation)[0])
    else:
        yield annotation
