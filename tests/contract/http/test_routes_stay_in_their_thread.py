"""No route leaves the event loop's thread: each trip to another one cost half a millisecond.

FastAPI runs whatever is not `async` in a pool of threads, be it a line long.
"""

from collections.abc import Iterator
from inspect import isasyncgenfunction, iscoroutinefunction
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant  # codespell:ignore dependant - FastAPI's

from contract.http.api_services import SERVICES
from contract.http.routes import routes_of
from shared.http.routes import TransactionalRoute


@pytest.mark.parametrize("service", SERVICES)
def test_everything_a_route_calls_is_async(service: str) -> None:
    routes = routes_of(service)

    threaded = [each for route in routes for each in _threaded_by(route)]

    assert len(routes) > 1
    assert not threaded


def _threaded_by(route: TransactionalRoute) -> Iterator[str]:
    yield from _threaded(route.dependant)  # codespell:ignore dependant


def _threaded(asked: Dependant) -> Iterator[str]:  # codespell:ignore dependant
    call: Any = asked.call
    if call is not None and not _is_async(call):
        yield getattr(call, "__qualname__", str(call))
    for each in asked.dependencies:
        yield from _threaded(each)


def _is_async(call: Any) -> bool:  # noqa: ANN401 - whatever FastAPI calls
    return any(
        iscoroutinefunction(each) or isasyncgenfunction(each) for each in (call, call.__call__)
    )
