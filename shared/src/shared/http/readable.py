"""What no request may hold, refused at the door by its field, whatever the route takes.

Bodies that are not JSON by the letter (half of a surrogate pair, numbers that no program holds, one
name twice in an object), that are nested without need or sent compressed; and the null character,
which JSON and URLs can write and PostgreSQL cannot keep. And names in a query that the route does
not know: a filter that is misspelled and ignored would show too much. Checking here costs a second
reading of the body, and spares every route.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import HTTPException, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request

from shared.http.json_bodies import NULL, UNREADABLE, faults_of_body


class Readable:
    """What one route can read."""

    def __init__(self, route: APIRoute) -> None:
        self._takes_body = route.body_field is not None
        self._query_names = frozenset(_query_names(route))

    async def refuse_others(self, request: Request) -> None:
        """Raise RequestValidationError with every place that cannot be read, or HTTP's 415."""
        _refuse_compressed(request)
        faults = [*_of_path(request), *self._of_query(request)]
        if self._takes_body and (body := await request.body()):
            faults += faults_of_body(body)
        if faults:
            raise RequestValidationError(faults)

    def _of_query(self, request: Request) -> Iterator[dict[str, Any]]:
        for name, value in request.query_params.multi_items():
            if name not in self._query_names:
                yield _fault(("query", name), "is not known here")
            if NULL in name + value:
                yield _fault(("query", name), "holds a null character")


def _of_path(request: Request) -> Iterator[dict[str, Any]]:
    for name, value in request.path_params.items():
        if isinstance(value, str) and NULL in value:
            yield _fault(("path", name), "holds a null character")


def _query_names(route: APIRoute) -> Iterator[str]:
    for parameter in get_flat_params(route.dependant):  # codespell:ignore dependant - FastAPI's
        if not isinstance(parameter.field_info, params.Path | params.Header | params.Cookie):
            yield parameter.alias


def _refuse_compressed(request: Request) -> None:
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity"}:
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "The body must be sent as it is, without a Content-Encoding such as gzip.",
            headers={"Accept-Encoding": "identity"},
        )


def _fault(place: tuple[str | int, ...], message: str) -> dict[str, Any]:
    return {"type": UNREADABLE, "loc": place, "msg": message}
