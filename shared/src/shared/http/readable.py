"""Refuses, on every route, what no request may contain, and names the field.

Refused are bodies that are not strict JSON (a lone surrogate, a number out of range, a name twice
in one object), too deeply nested or compressed; null characters, which PostgreSQL cannot store; and
unknown query parameters, because ignoring a misspelled filter would show too much. The cost is a
second reading of the body.
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
    """What one route accepts."""

    def __init__(self, route: APIRoute) -> None:
        self._takes_body = route.body_field is not None
        self._query_names = frozenset(_query_names(route))

    async def refuse_others(self, request: Request) -> None:
        """Raise RequestValidationError with every place that is not acceptable, or HTTP 415."""
        _refuse_compressed(request)
        faults = [*_of_path(request), *self._of_query(request)]
        if self._takes_body and (body := await request.body()):
            faults += faults_of_body(body)
        if faults:
            raise RequestValidationError(faults)

    def _of_query(self, request: Request) -> Iterator[dict[str, Any]]:
        for name, value in request.query_params.multi_items():
            if name not in self._query_names:
                yield _fault(("query", name), "is not a parameter of this endpoint")
            if NULL in name + value:
                yield _fault(("query", name), "must not contain a null character")


def _of_path(request: Request) -> Iterator[dict[str, Any]]:
    for name, value in request.path_params.items():
        if isinstance(value, str) and NULL in value:
            yield _fault(("path", name), "must not contain a null character")


def _query_names(route: APIRoute) -> Iterator[str]:
    for parameter in get_flat_params(route.dependant):  # codespell:ignore dependant - FastAPI's
        if not isinstance(parameter.field_info, params.Path | params.Header | params.Cookie):
            yield parameter.alias


def _refuse_compressed(request: Request) -> None:
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity"}:
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "Send the body without a Content-Encoding such as gzip.",
            headers={"Accept-Encoding": "identity"},
        )


def _fault(place: tuple[str | int, ...], message: str) -> dict[str, Any]:
    return {"type": UNREADABLE, "loc": place, "msg": message}
