"""Lists in pages: `items`, and `next`, an opaque cursor that marks where the page ended."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel

from shared.errors import Fault, InvalidInputError

Item = TypeVar("Item")
LARGEST_PAGE = 200

Limit = Annotated[
    int, Query(ge=1, le=LARGEST_PAGE, description="The maximum number of items on one page.")
]
After = Annotated[
    str | None,
    Query(description="The `next` value of the previous page. Omit it for the first page."),
]


class Page(BaseModel, Generic[Item]):
    """One page of a list. `next` is the cursor for the following page; null on the last page."""

    items: list[Item]
    next: str | None = None


def encode_cursor(*key: object) -> str:
    """Make a cursor from the sort key of the last item on the page."""
    return base64.urlsafe_b64encode(orjson.dumps([str(part) for part in key])).decode().rstrip("=")


def decode_cursor(cursor: str, *parse: Callable[[str], Any]) -> tuple[Any, ...]:
    """Decode a cursor with one parser per part; raises InvalidInputError if it is not valid."""
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(_part(read, part) for read, part in zip(parse, parts, strict=True))
    except (ValueError, TypeError, OverflowError, binascii.Error):
        message = "is not a cursor of this list"
        raise InvalidInputError(
            message, code="unknown-cursor", faults=[Fault("after", message)]
        ) from None


def id_cursor(cursor: str | None) -> UUID | None:
    """Decode the cursor of a list in the order of the IDs; None for the first page."""
    return decode_cursor(cursor, UUID)[0] if cursor else None


def day_cursor(cursor: str | None) -> tuple[date, UUID] | None:
    """Decode the cursor of a list in the order of days and IDs; None for the first page."""
    return _two(decode_cursor(cursor, date.fromisoformat, UUID)) if cursor else None


def moment_cursor(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Decode the cursor of a list in the order of instants and IDs; None for the first page."""
    return _two(decode_cursor(cursor, datetime.fromisoformat, UUID)) if cursor else None


def _two(key: tuple[Any, ...]) -> tuple[Any, UUID]:
    first, last = key
    return first, last


def _part(read: Callable[[str], Any], part: object) -> object:
    """Parse one part; instants are converted to UTC, so that an impossible one is refused here."""
    if not isinstance(part, str):
        raise TypeError("a cursor may only contain texts")
    value = read(part)
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("an instant in a cursor must have a UTC offset")
    return value.astimezone(UTC)


def page_of(
    found: Sequence[Item], limit: int, key: Callable[[Item], tuple[object, ...]]
) -> tuple[Sequence[Item], str | None]:
    """Cut the `limit + 1` rows that were read to one page, with a cursor if there are more."""
    if len(found) <= limit:
        return found, None
    shown = found[:limit]
    return shown, encode_cursor(*key(shown[-1]))
