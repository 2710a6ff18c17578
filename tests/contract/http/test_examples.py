"""The examples in the OpenAPI documents are there, are taken by the routes, and are what they send.

What must have an example is read from the documents; what an answer may hold, from the routes.
"""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from contract.http.api_services import SERVICES, build_api
from contract.http.asking import Api, Apis
from contract.http.operations import MEDIA, OPERATIONS, Operation
from contract.http.routes import route_of
from contract.http.schemas import Json
from local_system.databases import database_name
from shared.http import examples
from shared.http.routes import TransactionalRoute

PACKAGES = ("shared", *(database_name(service) for service in SERVICES))
REFUSED_AS_WRONG = {400, 413, 415, 422, 428}
WELL_FORMED_ALL_THE_SAME = {
    "urn:casomb:problem:wrong-partitions": "an empty log has no partitions yet",
    "urn:casomb:problem:unknown-agency": "an empty database has no agency",
}
"""The refusals with 422 that are about what is here and not about the body, each with why."""


@pytest.mark.parametrize("service", SERVICES)
def test_every_json_body_and_answer_has_an_example(service: str) -> None:
    without = [
        f"{operation}: {which}"
        for operation in _of(service)
        for which, content in (("request", _request(operation)), ("answer", _answer(operation)))
        if content is not None and "example" not in content
    ]

    assert without == []


@pytest.mark.parametrize("service", SERVICES)
async def test_a_request_example_is_well_formed_to_its_route(apis: Apis, service: str) -> None:
    api = await apis(service)

    refused = [
        f"{operation}: {said}"
        for operation in _of(service)
        if (content := _request(operation)) is not None
        if "example" in content
        if (said := await _refusal(api, operation, content["example"])) is not None
    ]

    assert refused == []


@pytest.mark.parametrize("service", SERVICES)
def test_an_answer_example_is_what_its_route_sends(service: str) -> None:
    said = {
        operation: content["example"]
        for operation in _of(service)
        if (content := _answer(operation)) is not None and "example" in content
    }

    sent = {operation: _as_sent(operation, example) for operation, example in said.items()}

    assert {str(each): sent[each] for each in said if sent[each] != said[each]} == {}


def test_every_example_file_is_shown_whole_by_the_operation_of_its_name() -> None:
    shown = {_file(operation): _shown(operation) for operation in OPERATIONS}

    held = {file: json.loads(file.read_text()) for file in _files()}

    assert [str(file) for file in held if held[file] != shown.get(file)] == []


def test_example_files_are_read_when_the_document_is_first_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = build_api("scoring")
    first = app.openapi()

    monkeypatch.setattr(examples, "files", None)

    assert app.openapi() == first


def _of(service: str) -> Iterator[Operation]:
    return (operation for operation in OPERATIONS if operation.service == service)


def _request(operation: Operation) -> Json | None:
    """The JSON that the operation takes, as its document describes it."""
    found: Json | None = operation.described.get("requestBody", {}).get("content", {}).get(MEDIA)
    return found


def _answer(operation: Operation) -> Json | None:
    """The JSON that the operation gives when it succeeds; none if it gives something else."""
    status = str(route_of(operation).status_code or 200)
    found: Json | None = operation.described["responses"][status].get("content", {}).get(MEDIA)
    return found


def _shown(operation: Operation) -> Json:
    """The examples in the operation's document, as its file writes them."""
    contents = {"request": _request(operation), "answer": _answer(operation)}
    return {
        which: content["example"]
        for which, content in contents.items()
        if content is not None and "example" in content
    }


async def _refusal(api: Api, operation: Operation, example: object) -> str | None:
    """How the example is refused as wrong in itself; none if it is only refused for its story."""
    answer = await api.ask(operation, body=example)
    is_wrong = answer.status_code in REFUSED_AS_WRONG or answer.is_server_error
    if is_wrong and answer.json()["type"] not in WELL_FORMED_ALL_THE_SAME:
        return answer.text
    return None


def _as_sent(operation: Operation, example: object) -> Any:  # noqa: ANN401 - any JSON value
    """The example once read and written by the route's model: with its fields, and no others."""
    model = TypeAdapter[Any](route_of(operation).response_model)
    try:
        read = model.validate_python(example)
    except ValidationError as error:
        return str(error)
    return model.dump_python(read, mode="json", by_alias=True)


def _folder(route: TransactionalRoute) -> Path:
    return Path(route.endpoint.__code__.co_filename).parent / "examples"


def _file(operation: Operation) -> Path:
    return _folder(route_of(operation)) / f"{operation.described['operationId']}.json"


def _files() -> list[Path]:
    """Every file beside routes; the events' examples have tests of their own."""
    packages = (Path(importlib.import_module(each).__file__ or "").parent for each in PACKAGES)
    found = (file for package in packages for file in package.rglob("examples/*"))
    return [file for file in found if file.parent.parent.name != "events"]
