"""The routes of a service as they are built, beside the operations of its document."""

from collections.abc import Iterable, Iterator
from functools import cache

from fastapi import APIRouter

from contract.http.api_services import build_api
from contract.http.operations import Operation
from shared.http.routes import TransactionalRoute


@cache
def routes_of(service: str) -> tuple[TransactionalRoute, ...]:
    """Every route of a service, pages among them."""
    return tuple(_routes(build_api(service).router))


def route_of(operation: Operation) -> TransactionalRoute:
    """The route that answers an operation."""
    return _by_place(operation.service)[operation.method, operation.path]


def one_of_each_shape(operations: Iterable[Operation]) -> list[Operation]:
    """The first operation of each shape: what code that all share can tell apart."""
    return list({_shape(each): each for each in reversed(list(operations))}.values())


def _shape(operation: Operation) -> tuple[object, ...]:
    kind = type(route_of(operation))
    return operation.service, kind, operation.method, operation.needs_body


@cache
def _by_place(service: str) -> dict[tuple[str, str], TransactionalRoute]:
    routes = routes_of(service)
    return {(method, each.path): each for each in routes for method in each.methods or ()}


def _routes(router: APIRouter) -> Iterator[TransactionalRoute]:
    for route in router.routes:
        if isinstance(route, TransactionalRoute):
            yield route
        elif isinstance(included := getattr(route, "original_router", None), APIRouter):
            yield from _routes(included)
