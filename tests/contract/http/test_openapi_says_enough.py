"""The OpenAPI documents tell a foreign client enough: names, words, tags, types, refusals."""

import importlib
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from contract.http.api_services import SERVICES, openapi_document
from contract.http.operations import OPERATIONS, PUBLIC, Operation
from contract.http.schemas import Json
from doj_simulator.app import describe
from local_system.databases import database_name
from shared.composition.kernel_routers import kernel_routers

DOCUMENTS = {service: openapi_document(service) for service in SERVICES}
DOCUMENTS["doj-simulator"] = describe()
EVERY_DOCUMENT = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
SAYS_WHAT = {"type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const"}
ANY_VALUE = {
    "ValidationError.input",  # the framework's own: whatever was sent
    # Whatever DOJ writes in a notice is taken; what cannot be read, a person looks at.
    *(f"NoticeBody.{name}" for name in ("instrument", "assessed_on", "seen_at")),
    *(f"NoticedPersonBody.{name}" for name in ("cii_number", "birth_date", "family_name")),
}
ALWAYS = {"422", "4XX", "5XX"}
PROBLEM = {"$ref": "#/components/schemas/Problem"}


def _described(document: Json) -> list[Json]:
    return [each for methods in document["paths"].values() for each in methods.values()]


def _untyped(document: Json) -> Iterator[str]:
    for name, schema in document["components"]["schemas"].items():
        for field, described in schema.get("properties", {}).items():
            if not SAYS_WHAT & described.keys():
                yield f"{name}.{field}"


def _untyped_parameters(document: Json) -> Iterator[str]:
    for operation in _described(document):
        for parameter in operation.get("parameters", ()):
            if not SAYS_WHAT & parameter["schema"].keys():
                yield f"{operation['operationId']}.{parameter['name']}"


@EVERY_DOCUMENT
def test_operation_ids_are_unique(document: Json) -> None:
    names = [operation["operationId"] for operation in _described(document)]

    assert len(set(names)) == len(names)


@EVERY_DOCUMENT
def test_every_operation_has_words_and_a_tag(document: Json) -> None:
    silent = [
        operation["operationId"]
        for operation in _described(document)
        if not (operation.get("summary") and operation.get("description") and operation.get("tags"))
    ]

    assert silent == []


@EVERY_DOCUMENT
def test_every_operation_shows_what_it_answers(document: Json) -> None:
    silent = [
        operation["operationId"]
        for operation in _described(document)
        if not any(status.startswith("2") for status in operation["responses"])
    ]

    assert silent == []


@EVERY_DOCUMENT
def test_every_field_and_parameter_has_a_type(document: Json) -> None:
    assert {*_untyped(document), *_untyped_parameters(document)} <= ANY_VALUE


def test_every_refusal_is_described_as_a_problem() -> None:
    of_another_form = [
        f"{operation}: {status}"
        for operation in OPERATIONS
        for status, content in _refusals(operation).items()
        if content != {"application/problem+json": {"schema": PROBLEM}}
    ]

    assert [str(each) for each in OPERATIONS if not _refusals(each).keys() >= ALWAYS] == []
    assert of_another_form == []


def test_every_guarded_operation_asks_for_a_token_and_names_its_roles() -> None:
    guarded = {str(each) for each in OPERATIONS if each.path not in PUBLIC}

    assert {str(each) for each in OPERATIONS if each.described.get("security")} == guarded
    assert {str(each) for each in OPERATIONS if each.roles} == guarded


def test_every_operation_stands_under_its_version() -> None:
    paths = {each.path for each in OPERATIONS}

    assert [path for path in paths if not path.startswith("/v1/")] == []
    assert [path for path in paths if path != path.lower()] == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_route_is_left_out_of_the_document(service: str) -> None:
    own = importlib.import_module(f"{database_name(service)}.api").ROUTERS
    every = (*own, *kernel_routers())
    routes = [route for router in every for route in router.routes]

    served = {
        (method, route.path)
        for route in routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }

    assert served == {(each.method, each.path) for each in OPERATIONS if each.service == service}


def test_every_date_asked_for_is_said_with_its_form_and_years() -> None:
    """A bare `date` or `datetime` in a body or query reads ten digits as a day of 2023."""
    bare = [
        f"{operation}: {place.field}"
        for operation in OPERATIONS
        for place in operation.places_asked()
        if "date" in place.schema.get("format", "") and "pattern" not in place.schema
    ]

    assert bare == []


NEEDS_A_VERSION = {
    *("certification-decide_application", "certification-change_draft"),
    *("certification-correct_certification", "certification-correct_certification_level"),
    *("certification-amend_certification_conditions", "certification-name_provider"),
    *("certification-name_program", "certification-change_program_details"),
    *("certification-move_program", "scoring-finalize_assessment"),
}


def test_a_version_is_asked_for_as_the_service_asks_for_it() -> None:
    takes = {str(each): each for each in OPERATIONS if "If-Match" in each.parameters("header")}
    needs = {name for name, each in takes.items() if _is_required(each, "If-Match")}

    assert needs == NEEDS_A_VERSION
    assert {str(each) for each in OPERATIONS if "428" in _refusals(each)} == NEEDS_A_VERSION
    assert {str(each) for each in OPERATIONS if "412" in _refusals(each)} == takes.keys()


def _refusals(operation: Operation) -> Json:
    """What each answer holds that is no success, by its status."""
    return {
        status: response["content"]
        for status, response in operation.described["responses"].items()
        if not status.startswith("2")
    }


def _is_required(operation: Operation, name: str) -> bool:
    said = operation.described["parameters"]
    return any(each["required"] for each in said if each["name"] == name)
