"""Wrong ids, queries, cursors and tags are refused by name."""

import base64
import json
from typing import Any

import pytest

from contract.http.asking import Apis, assert_problem
from contract.http.operations import LISTS, OPERATIONS, WITH_BODY, Operation
from contract.http.refused import EVERY_SERVICE, Wrong, assert_refused

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
WRONG_IDS = ["x", "7", "a%00b", "%ED%A0%80", "9" * 500, "%20"]
NO_SUCH_THING = "no-such-thing"
NULL_CHARACTER = "a%00b"
WRONG_CODES = [NO_SUCH_THING, NULL_CHARACTER, "%ED%A0%80", "9" * 500, "%0A"]
TAKES_ANY_TEXT = {"certification-show_directory_entry", "scoring-show_instrument"}
"""Where a text that no thing has as its code is not wrong, only unknown."""
TAKES_SUCH_A_CODE = {
    *("certification-store_content", "certification-read_content", "supervision-show_agency"),
    *("certification-forget_event_reader", "supervision-forget_event_reader"),
    *("scoring-forget_event_reader", "doj-gateway-forget_event_reader"),
}
"""Where "no-such-thing" has the form of a code, and no thing has it."""
ANOTHER_PLACE_IS_THERE = {"supervision-list_case_teams"}
"""Where the address without the last two parts is another operation's, by another method."""
VERSIONED = [each for each in WITH_BODY if "If-Match" in each.parameters("header")]
WRONG_TAGS = ["1", '"x"', '""', '"' + "9" * 30 + '"', '"-1"', "W/", '"1", 2', '"1-x"']


def _cursor(key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _with_path_of(form: str | None, service: str) -> list[tuple[Operation, str]]:
    return [
        (operation, name)
        for operation in OPERATIONS
        if operation.service == service
        for name, schema in operation.parameters("path").items()
        if schema.get("format") == form
    ]


def _at(operation: Operation, name: str, value: str, status: int, named: str | None) -> Wrong:
    url = operation.url(**{name: value})
    return Wrong(operation, f"{name} {value[:20]!r}", {"url": url}, status, named)


def _status_of_code(operation: Operation, value: str) -> int:
    if str(operation) in TAKES_ANY_TEXT and value != NULL_CHARACTER:
        return 404
    return 404 if str(operation) in TAKES_SUCH_A_CODE and value == NO_SUCH_THING else 422


def _asked_after(operation: Operation, after: str) -> Wrong:
    query = {"query": operation.query(after=after)}
    return Wrong(operation, f"after {after[:40]!r}", query, names="query.after")


def _with_tag(operation: Operation, tag: str, signed: dict[str, str]) -> Wrong:
    body = operation.schemas.example(operation.body or {})
    sent = {"body": body, "headers": signed | {"If-Match": tag}}
    return Wrong(operation, f"If-Match {tag}", sent, 412)


def _wrong_queries(operation: Operation) -> list[Wrong]:
    return [
        Wrong(
            operation,
            f"{name} {value[:20]!r}",
            {"query": operation.query(**{name: value})},
            names=f"query.{name}",
        )
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


@EVERY_SERVICE
async def test_an_id_that_is_none_is_refused(apis: Apis, service: str) -> None:
    await assert_refused(
        await apis(service),
        [
            _at(operation, name, value, 422, name)
            for operation, name in _with_path_of("uuid", service)
            for value in WRONG_IDS
        ],
    )


@EVERY_SERVICE
async def test_an_id_that_leads_upward_is_another_address(apis: Apis, service: str) -> None:
    await assert_refused(
        await apis(service),
        [
            _at(operation, name, "..", status, None)
            for operation, name in _with_path_of("uuid", service)
            for status in [405 if str(operation) in ANOTHER_PLACE_IS_THERE else 404]
        ],
    )


@EVERY_SERVICE
async def test_a_code_that_nobody_knows_is_refused(apis: Apis, service: str) -> None:
    await assert_refused(
        await apis(service),
        [
            _at(operation, name, value, _status_of_code(operation, value), None)
            for operation, name in _with_path_of(None, service)
            for value in WRONG_CODES
        ],
    )


@EVERY_SERVICE
async def test_a_wrong_value_in_a_query_is_refused_by_name(apis: Apis, service: str) -> None:
    await assert_refused(
        await apis(service),
        [
            wrong
            for operation in OPERATIONS
            if operation.service == service
            for wrong in _wrong_queries(operation)
        ],
    )


@EVERY_SERVICE
async def test_a_foreign_cursor_is_refused_by_name(apis: Apis, service: str) -> None:
    await assert_refused(
        await apis(service),
        [
            _asked_after(operation, after)
            for operation in LISTS
            if operation.service == service
            for after in [*FOREIGN_CURSORS, *map(_cursor, FOREIGN_KEYS)]
        ],
    )


@EVERY_SERVICE
async def test_a_cursor_at_the_end_of_time_breaks_nothing(apis: Apis, service: str) -> None:
    api = await apis(service)

    answered = {
        f"{operation}, {key}": answer.status_code
        for operation in LISTS
        if operation.service == service
        for key in EXTREME_KEYS
        for answer in [await api.ask(operation, query=operation.query(after=_cursor(key)))]
    }

    assert answered
    assert {asked: code for asked, code in answered.items() if code not in {200, 404, 422}} == {}


@EVERY_SERVICE
async def test_an_unknown_name_in_a_query_is_refused(apis: Apis, service: str) -> None:
    await assert_refused(
        await apis(service),
        [
            Wrong(each, "surprise", {"query": each.query(surprise="1")}, names="query.surprise")
            for each in OPERATIONS
            if each.service == service
        ],
    )


@pytest.mark.parametrize("service", sorted({each.service for each in VERSIONED}))
async def test_what_is_no_tag_is_refused(apis: Apis, service: str) -> None:
    api = await apis(service)

    await assert_refused(
        api,
        [
            _with_tag(operation, tag, api.everybody)
            for operation in VERSIONED
            if operation.service == service
            for tag in WRONG_TAGS
        ],
    )


@EVERY_SERVICE
async def test_a_method_that_no_path_has_is_refused(apis: Apis, service: str) -> None:
    api = await apis(service)
    paths = {each.path: each.url() for each in OPERATIONS if each.service == service}

    answers = {
        path: await api.client.request("PATCH", url, headers=api.everybody)
        for path, url in paths.items()
    }

    for answer in answers.values():
        assert_problem(answer, 405)
        assert answer.headers["allow"]


@EVERY_SERVICE
async def test_a_path_that_is_nowhere_is_not_found(apis: Apis, service: str) -> None:
    api = await apis(service)

    answer = await api.client.get("/v1/nowhere", headers=api.everybody)

    assert_problem(answer, 404)
