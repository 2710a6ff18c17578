"""What no request may hold, refused at the door by its field, whatever the route takes.

Bodies that are not JSON by the letter (endless nesting, half of a surrogate pair, numbers that
no program holds), and the null character, which JSON and URLs can write and PostgreSQL cannot
keep. And names in a query that the route does not know: a filter that is misspelled and ignored
would show too much. Checking here costs a second reading of the body, and spares every route.
"""

from collections.abc import Iterator
from typing import Any

import orjson
from fastapi import params
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request

NULL = "\0"


class Readable:
    """What one route can read."""

    def __init__(self, route: APIRoute) -> None:
        self._takes_body = route.body_field is not None
        self._query_names = frozenset(_query_names(route))

    async def refuse_others(self, request: Request) -> None:
        """Raise RequestValidationError with every place that cannot be read."""
        faults = [*_nulls(dict(request.path_params), ("path",)), *self._of_query(request)]
        if self._takes_body and (body := await request.body()):
            faults += _of_body(body)
        if faults:
            raise RequestValidationError(faults)

    def _of_query(self, request: Request) -> Iterator[dict[str, Any]]:
        for name, value in request.query_params.multi_items():
            if name not in self._query_names:
                yield _fault(("query", name), "is not known here")
            yield from _nulls({name: value}, ("query",))


def _query_names(route: APIRoute) -> Iterator[str]:
    for parameter in get_flat_params(route.dependant):  # codespell:ignore dependant - FastAPI's
        if not isinstance(parameter.field_info, params.Path | params.Header | params.Cookie):
            yield parameter.alias


def _of_body(body: bytes) -> Iterator[dict[str, Any]]:
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        yield _fault(("body",), f"is not JSON: {error.msg} (byte {error.pos})")
    else:
        yield from _nulls(read, ("body",))


def _nulls(value: object, place: tuple[str | int, ...]) -> Iterator[dict[str, Any]]:
    if isinstance(value, str) and NULL in value:
        yield _fault(place, "holds a null character")
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _nulls(each, (*place, number))
    elif isinstance(value, dict):
        for name, each in value.items():
            if NULL in name:
                yield _fault(place, "has a name with a null character")
            yield from _nulls(each, (*place, name))


def _fault(place: tuple[str | int, ...], message: str) -> dict[str, Any]:
    return {"type": "unreadable", "loc": place, "msg": message}
