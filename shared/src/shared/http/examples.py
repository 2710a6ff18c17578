"""The examples in an OpenAPI document: one JSON file per operation, in `examples` beside its route.

A file contains `request`, the body that is sent, and `answer`, the body of a successful answer. The
file omits a body that the operation does not have.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

JSON_MEDIA = "application/json"


def describe_examples(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Put each route's examples into the document; the files are read when it is first built."""
    document = app.openapi

    def with_examples() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        made = document()
        for route in _described_routes(routers):
            for method in route.methods or ():
                _put(_examples_of(route), made["paths"][route.path][method.lower()], route)
        return made

    app.openapi = with_examples  # type: ignore[method-assign] # FastAPI's documented way


def _described_routes(routers: Sequence[APIRouter]) -> Iterator[APIRoute]:
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute) and route.include_in_schema:
                yield route


def _examples_of(route: APIRoute) -> Mapping[str, Any]:
    """The contents of the operation's file; empty if there is no file."""
    package = route.endpoint.__module__.rpartition(".")[0]
    file = files(package) / "examples" / f"{route.unique_id}.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return found


def _put(examples: Mapping[str, Any], operation: Mapping[str, Any], route: APIRoute) -> None:
    if "request" in examples:
        operation["requestBody"]["content"][JSON_MEDIA]["example"] = examples["request"]
    if "answer" in examples:
        success = operation["responses"][str(route.status_code or 200)]
        success["content"][JSON_MEDIA]["example"] = examples["answer"]
