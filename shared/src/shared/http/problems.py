"""Answers every refusal as problem+json (RFC 9457) with a stable type and named faults."""

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from shared.errors import (
    CasombError,
    ConflictError,
    Fault,
    GoneError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    RuleBrokenError,
    StaleVersionError,
    TooLargeError,
    UnavailableError,
)
from shared.http.correlation import correlation_id
from shared.http.fault_places import FaultPlaces
from shared.http.methods import allowed_methods
from shared.process.logging import logger
from shared.security.tokens import TokenRefusedError
from shared.validation_messages import message_of

LOG = logger(__name__)
MOST_FAULTS = 20
LONGEST_FIELD = 200
TYPE_PREFIX = "urn:casomb:problem:"

STATUS_OF: dict[type[CasombError], HTTPStatus] = {
    InvalidInputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    NotFoundError: HTTPStatus.NOT_FOUND,
    GoneError: HTTPStatus.GONE,
    ConflictError: HTTPStatus.CONFLICT,
    StaleVersionError: HTTPStatus.PRECONDITION_FAILED,
    RuleBrokenError: HTTPStatus.CONFLICT,
    NotAllowedError: HTTPStatus.FORBIDDEN,
    UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
}


CLOSES = {"Connection": "close"}
"""Tells clients that the server closes the connection after an unexpected error."""


class PreconditionFailedError(Exception):
    """If-Match contains something other than an ETag of this service."""


class PreconditionRequiredError(Exception):
    """This change requires If-Match, so that nobody overwrites a change they have not seen."""


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    request_correlation: str | None = None,
    faults: Sequence[Fault] = (),
    more_faults: int = 0,
    members: Mapping[str, object] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Build the answer; empty members and faults beyond the first 20 are left out.

    `more_faults` counts faults that the caller did not pass in.
    """
    more_faults += max(0, len(faults) - MOST_FAULTS)
    shown_faults = [
        {"field": fault.field[:LONGEST_FIELD], "message": fault.message}
        for fault in faults[:MOST_FAULTS]
    ]
    body = {
        "type": f"{TYPE_PREFIX}{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "faults": shown_faults or None,
        "more_faults": more_faults or None,
        "correlation_id": request_correlation,
        **(members or {}),
    }
    shown = {name: value for name, value in body.items() if value is not None}
    return Response(
        orjson.dumps(shown), status, headers=headers, media_type="application/problem+json"
    )


def install_problem_handlers(app: Starlette) -> None:
    """Map every error that a route may raise to its problem."""
    app.add_exception_handler(CasombError, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _by_the_framework)
    app.add_exception_handler(TokenRefusedError, _unauthenticated)
    app.add_exception_handler(PreconditionFailedError, _precondition_failed)
    app.add_exception_handler(PreconditionRequiredError, _precondition_required)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _unexpected)


def status_of(error: CasombError) -> HTTPStatus:
    """The HTTP status of the error's family."""
    for family in type(error).__mro__:
        if family in STATUS_OF:
            return STATUS_OF[family]
    raise TypeError(f"{type(error).__name__} belongs to no family")


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, CasombError)  # noqa: S101 - registered for this class alone
    status = status_of(error)
    return problem(
        status,
        error.code,
        error.detail,
        request_correlation=str(correlation_id(request)),
        faults=_placed(request, error.faults),
        members={"rule": error.rule, "citation": error.citation, **error.members},
        headers={"Retry-After": "1"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None,
    )


def _placed(request: Request, faults: Sequence[Fault]) -> Sequence[Fault]:
    """The faults, each field with the part of the request it was sent in."""
    places: FaultPlaces | None = getattr(request.scope.get("route"), "fault_places", None)
    return faults if places is None else [places.placed(fault) for fault in faults]


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    found = error.errors()
    faults = [Fault(_place(fault, error.body), message_of(fault)) for fault in found[:MOST_FAULTS]]
    return problem(
        422,
        "malformed-request",
        "the request does not have the shape that this endpoint requires",
        request_correlation=str(correlation_id(request)),
        faults=faults,
        more_faults=len(found) - len(faults),
    )


def _place(fault: Mapping[str, Any], sent: object) -> str:
    """The path of the field as it was sent, or of the discriminator of a union."""
    where, *path = fault["loc"]
    is_there = fault["type"] != "missing"
    place = [where, *_sent(path, sent, is_there=is_there)]
    if fault["type"] in {"union_tag_invalid", "union_tag_not_found"}:
        place.append(str(fault["ctx"]["discriminator"]).strip("'"))
    return ".".join(str(part) for part in place)


_HAVE_NO_NAMES = (list, str, int, float)


def _sent(path: Sequence[str | int], sent: object, *, is_there: bool) -> Iterator[str | int]:
    """The path without the names that pydantic adds to tell union members apart.

    `is_there` is false for a missing field, whose name is not in what was sent.
    """
    for number, part in enumerate(path, start=1):
        if isinstance(sent, dict) and part not in sent and (is_there or number < len(path)):
            continue
        if isinstance(part, str) and isinstance(sent, _HAVE_NO_NAMES):
            continue
        yield part
        if isinstance(sent, dict):
            sent = sent.get(part)
        elif isinstance(sent, list) and isinstance(part, int):
            sent = sent[part]


async def _by_the_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class alone
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = allowed_methods(request)
    return problem(
        error.status_code,
        code,
        str(error.detail),
        request_correlation=str(correlation_id(request)),
        headers=headers,
    )


async def _unauthenticated(request: Request, error: Exception) -> Response:
    return problem(
        401,
        "not-authenticated",
        str(error),
        request_correlation=str(correlation_id(request)),
        headers={"WWW-Authenticate": "Bearer"},
    )


async def _precondition_failed(request: Request, error: Exception) -> Response:
    detail = str(error)
    return problem(412, "stale-etag", detail, request_correlation=str(correlation_id(request)))


async def _precondition_required(request: Request, _: Exception) -> Response:
    return problem(
        428,
        "etag-required",
        "send If-Match with the ETag of the version you have read",
        request_correlation=str(correlation_id(request)),
    )


async def _gone(_: Request, __: Exception) -> Response:
    """Answer a client that disconnected before its request was complete."""
    return Response(status_code=400)


async def _unexpected(request: Request, error: Exception) -> Response:
    LOG.error("unexpected_error", error=type(error).__name__, exc_info=error)
    return problem(
        500,
        "unexpected",
        "The server made an error. Give the operator the correlation id, which finds it in "
        "the logs.",
        request_correlation=str(correlation_id(request)),
        headers=CLOSES,
    )
