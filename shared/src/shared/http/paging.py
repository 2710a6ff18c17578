"""Lists in pages: `items` and `next`, an opaque cursor that says where the page ended."""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

import orjson
from fastapi import Query
from pydantic import BaseModel

from shared.errors import Fault, InvalidInputError

Item = TypeVar("Item")
LARGEST_PAGE = 200

Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Items on a page.")]
After = Annotated[str | None, Query(description="The `next` of the page before.")]


class Page(BaseModel, Generic[Item]):
    """One page; `next` is null on the last."""

    items: list[Item]
    next: str | None = None


def encode_cursor(*key: object) -> str:
    """Make a cursor of the sort key of the last item shown."""
    return base64.urlsafe_b64encode(orjson.dumps([str(part) for part in key])).decode().rstrip("=")


def decode_cursor(cursor: str, *parse: Callable[[str], Any]) -> tuple[Any, ...]:
    """Read a cursor back with one parser per part; raises InvalidInputError for any other text."""
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(_part(read, part) for read, part in zip(parse, parts, strict=True))
    except (ValueError, TypeError, OverflowError, binascii.Error):
        message = "not a cursor of this list"
        raise InvalidInputError(
            message, code="unknown-cursor", faults=[Fault("after", message)]
        ) from None


def _part(read: Callable[[str], Any], part: object) -> object:
    """Read one part; instants in UTC, so that one no database can hold is found out here."""
    if not isinstance(part, str):
        raise TypeError("cursors hold texts")
    value = read(part)
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        raise ValueError("an instant of a cursor has its offset")
    return value.astimezone(UTC)


def page_of(
    found: Sequence[Item], limit: int, key: Callable[[Item], tuple[object, ...]]
) -> tuple[Sequence[Item], str | None]:
    """Cut what was read with `limit + 1` to the page, and make the cursor if there is more."""
    if len(found) <= limit:
        return found, None
    shown = found[:limit]
    return shown, encode_cursor(*key(shown[-1]))
