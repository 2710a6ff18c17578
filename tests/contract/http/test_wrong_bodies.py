"""Whatever is wrong in a body is refused with the field named, and nothing is written."""

import pytest

from contract.http.api_services import BODY_LIMIT
from contract.http.asking import Apis, assert_problem
from contract.http.operations import WITH_BODY, Operation
from contract.http.wrong_bodies import (
    WrongBody,
    bodies_lacking_a_field,
    bodies_with_large_numbers,
    bodies_with_unknown_fields,
    wrong_bodies,
)

EVERY = pytest.mark.parametrize("operation", WITH_BODY, ids=str)
UNREADABLE = {
    "cut off": b'{"name": ',
    "not JSON": b"name=value",
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "very deep": b"[" * 20_000,
    "an endless number": b'{"name": ' + b"9" * 5_000 + b"}",
    "not a number": b'{"name": NaN}',
    "name of half a character": b'{"\\ud800": 1}',
    "name with a null character": b'{"a\\u0000": 1}',
}
NO_OBJECT = ["[]", "[1]", "7", '"text"', "true"]


@EVERY
@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_a_body_that_is_not_json_is_refused(
    apis: Apis, operation: Operation, content: bytes
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, content=content)

    assert_problem(answer, 422)
    await api.assert_nothing_written()


@EVERY
@pytest.mark.parametrize("content", NO_OBJECT)
async def test_a_body_that_is_no_object_is_refused(
    apis: Apis, operation: Operation, content: str
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, content=content.encode())

    assert_problem(answer, 422)
    await api.assert_nothing_written()


@pytest.mark.parametrize("operation", [each for each in WITH_BODY if each.needs_body], ids=str)
@pytest.mark.parametrize("content", [b"null", b""], ids=["null", "nothing"])
async def test_no_body_where_one_is_needed_is_refused(
    apis: Apis, operation: Operation, content: bytes
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, content=content)

    assert_problem(answer, 422, "body")
    await api.assert_nothing_written()


@EVERY
async def test_a_body_over_the_limit_is_refused(apis: Apis, operation: Operation) -> None:
    api = await apis(operation.service)

    answer = await api.ask(operation, content=b"{" + b" " * BODY_LIMIT + b"}")

    assert_problem(answer, 413)
    await api.assert_nothing_written()


@pytest.mark.parametrize("case", list(bodies_with_unknown_fields()), ids=str)
async def test_an_unknown_field_is_refused_by_name(apis: Apis, case: WrongBody) -> None:
    api = await apis(case.operation.service)

    answer = await api.ask(case.operation, body=case.body)

    assert_problem(answer, 422, case.field)
    await api.assert_nothing_written()


@pytest.mark.parametrize("case", list(bodies_lacking_a_field()), ids=str)
async def test_a_missing_field_is_refused_by_name(apis: Apis, case: WrongBody) -> None:
    api = await apis(case.operation.service)

    answer = await api.ask(case.operation, body=case.body)

    assert_problem(answer, 422)
    await api.assert_nothing_written()


@pytest.mark.parametrize("case", list(wrong_bodies()), ids=str)
async def test_a_wrong_value_is_refused_by_its_field(apis: Apis, case: WrongBody) -> None:
    api = await apis(case.operation.service)

    answer = await api.ask(case.operation, body=case.body)

    assert_problem(answer, 422, case.named)
    await api.assert_nothing_written()


@pytest.mark.parametrize("case", list(bodies_with_large_numbers()), ids=str)
async def test_a_number_beyond_every_column_is_refused(apis: Apis, case: WrongBody) -> None:
    api = await apis(case.operation.service)

    answer = await api.ask(case.operation, body=case.body)

    assert_problem(answer, 422 if answer.status_code != 404 else 404)
    await api.assert_nothing_written()
