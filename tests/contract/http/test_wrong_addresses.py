"""Wrong ids, queries, cursors and tags are refused by name, and an unknown id is not found."""

import base64
import json
from typing import Any

import pytest

from contract.http.api_services import SERVICES
from contract.http.asking import Apis, assert_problem
from contract.http.operations import LISTS, OPERATIONS, WITH_BODY, Operation

INSTANT, ID = "2026-11-20T18:00:00+00:00", "0199a0a0-0000-7000-8000-000000000000"
WRONG_QUERIES = {
    "uuid": ("x", "a\0b", "", "7"),
    "date": (
        *("2026-02-30", "1700006400", "2026-W47-5", "20\u0662\u0666-11-20"),
        *("0001-01-01", "9999-12-31", "2026-11-20T00:00:00Z"),
    ),
    "integer": ("x", "0", "201", "-1", "9" * 30, "1.5", ""),
    "boolean": ("perhaps", ""),
    "string": ("a\0b",),
    "code": ("no-such-code", "a\0b"),
    "array": ("no-such-code", "a\0b", "x" * 300),
}
FOREIGN_CURSORS = ["x", "é", "====", "bm90IGpzb24", "\0"]
FOREIGN_KEYS = [[], {}, 7, None, ["a"], [None], [ID, ID, ID, ID], [["a"], ID], [10**400]]
EXTREME_KEYS = [
    ["0001-01-01T00:00:00+14:00", ID],
    ["9999-12-31T23:59:59-14:00", ID],
    ["2026-11-20T18:00:00", ID],
    ["2026-11-20", ID],
    ["0001-01-01", ID],
    ["9999-12-31", ID],
    [INSTANT, "00000000-0000-0000-0000-000000000000"],
    ["1", "x" * 3000, ID],
    ["1", "\0", ID],
    ["9", "x", ID],
    ["inf", ID],
    [ID],
]
WRONG_TAGS = ["1", '"x"', '""', '"' + "9" * 30 + '"', '"-1"', "W/", '"1", 2', '"1-x"']


def _cursor(key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _with_path_of(form: str | None) -> list[tuple[Operation, str]]:
    return [
        (operation, name)
        for operation in OPERATIONS
        for name, schema in operation.parameters("path").items()
        if schema.get("format") == form
    ]


def _wrong_queries() -> list[tuple[Operation, str, str]]:
    return [
        (operation, name, value)
        for operation in OPERATIONS
        for name, schema in operation.parameters("query").items()
        for value in WRONG_QUERIES[_kind(schema)]
        if not (value == "" and _kind(schema) == "uuid" and name == "after")
        and not _is_in_range(schema, value)
    ]


def _kind(schema: dict[str, Any]) -> str:
    return "code" if "enum" in schema else str(schema.get("format") or schema["type"])


def _is_in_range(schema: dict[str, Any], value: str) -> bool:
    """Whether a whole number is one that this very parameter takes."""
    if _kind(schema) != "integer" or not value.isdecimal():
        return False
    return bool(schema["minimum"] <= int(value) <= schema["maximum"])


@pytest.mark.parametrize(("operation", "name"), _with_path_of("uuid"), ids=str)
async def test_an_id_that_nobody_knows_is_not_found(
    apis: Apis, operation: Operation, name: str
) -> None:
    api = await apis(operation.service)
    body = operation.schemas.example(operation.body) if operation.body else None

    answer = await api.ask(operation, body=body)

    puts_under_any_id = operation.method == "PUT" and answer.status_code == 422
    assert_problem(answer, 422 if puts_under_any_id else 404)
    await api.assert_nothing_written()


@pytest.mark.parametrize(("operation", "name"), _with_path_of("uuid"), ids=str)
@pytest.mark.parametrize("value", ["x", "7", "a%00b", "%ED%A0%80", "9" * 500, "..", "%20"])
async def test_an_id_that_is_none_is_refused(
    apis: Apis, operation: Operation, name: str, value: str
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, url=operation.url(**{name: value}))

    is_another_address = value == ".."
    is_there = is_another_address and answer.status_code == 405
    assert_problem(answer, 405 if is_there else 404 if is_another_address else 422)
    await api.assert_nothing_written()


@pytest.mark.parametrize(("operation", "name"), _with_path_of(None), ids=str)
@pytest.mark.parametrize("value", ["no-such-thing", "a%00b", "%ED%A0%80", "9" * 500, "%0A"])
async def test_a_code_that_nobody_knows_is_refused(
    apis: Apis, operation: Operation, name: str, value: str
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, url=operation.url(**{name: value}))

    assert answer.status_code in {404, 422}
    assert_problem(answer, answer.status_code)
    await api.assert_nothing_written()


@pytest.mark.parametrize(("operation", "name", "value"), _wrong_queries(), ids=str)
async def test_a_wrong_value_in_a_query_is_refused_by_name(
    apis: Apis, operation: Operation, name: str, value: str
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, query=operation.query(**{name: value}))

    assert_problem(answer, 422, f"query.{name}")
    await api.assert_nothing_written()


@pytest.mark.parametrize("operation", LISTS, ids=str)
@pytest.mark.parametrize("after", [*FOREIGN_CURSORS, *map(_cursor, FOREIGN_KEYS)])
async def test_a_foreign_cursor_is_refused_by_name(
    apis: Apis, operation: Operation, after: str
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, query=operation.query(after=after))

    assert_problem(answer, 422, "query.after")


@pytest.mark.parametrize("operation", LISTS, ids=str)
@pytest.mark.parametrize("key", EXTREME_KEYS, ids=str)
async def test_a_cursor_at_the_end_of_time_breaks_nothing(
    apis: Apis, operation: Operation, key: list[str]
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, query=operation.query(after=_cursor(key)))

    assert answer.status_code in {200, 404, 422}


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_an_unknown_name_in_a_query_is_refused(apis: Apis, operation: Operation) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, query=operation.query(surprise="1"))

    assert_problem(answer, 422, "query.surprise")
    await api.assert_nothing_written()


@pytest.mark.parametrize(
    "operation", [each for each in WITH_BODY if "If-Match" in each.parameters("header")], ids=str
)
@pytest.mark.parametrize("tag", WRONG_TAGS)
async def test_what_is_no_tag_is_refused(apis: Apis, operation: Operation, tag: str) -> None:
    api = await apis(operation.service)
    body = operation.schemas.example(operation.body or {})

    answer = await api.ask(operation, body=body, headers=api.everybody | {"If-Match": tag})

    assert_problem(answer, 412)
    await api.assert_nothing_written()


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
async def test_a_method_that_the_path_does_not_have_is_refused(
    apis: Apis, operation: Operation
) -> None:
    api = await apis(operation.service)

    answer = await api.client.request("PATCH", operation.url(), headers=api.everybody)

    assert_problem(answer, 405)
    assert answer.headers["allow"]


@pytest.mark.parametrize("service", SERVICES)
async def test_a_path_that_is_nowhere_is_not_found(apis: Apis, service: str) -> None:
    api = await apis(service)

    answer = await api.client.get("/v1/nowhere", headers=api.everybody)

    assert_problem(answer, 404)
