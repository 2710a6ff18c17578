"""Whatever is wrong in a body is refused with the field named, and nothing is written."""

import pytest

from contract.http.api_services import BODY_LIMIT
from contract.http.asking import Apis
from contract.http.operations import WITH_BODY, Operation
from contract.http.refused import EVERY_SERVICE, Wrong, assert_refused
from contract.http.routes import one_of_each_shape
from contract.http.wrong_bodies import (
    bodies_lacking_a_field,
    bodies_with_large_numbers,
    bodies_with_unknown_fields,
    wrong_bodies,
)

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
TOO_LARGE = b"{" + b" " * BODY_LIMIT + b"}"
EVERY_SHAPE = pytest.mark.parametrize("operation", one_of_each_shape(WITH_BODY), ids=str)


@EVERY_SHAPE
async def test_a_body_that_is_not_json_is_refused(apis: Apis, operation: Operation) -> None:
    await assert_refused(
        await apis(operation.service),
        [Wrong(operation, words, {"content": sent}) for words, sent in UNREADABLE.items()],
    )


@EVERY_SHAPE
async def test_a_body_over_the_limit_is_refused(apis: Apis, operation: Operation) -> None:
    too_large = Wrong(operation, "too large", {"content": TOO_LARGE}, 413)

    await assert_refused(await apis(operation.service), [too_large])


@EVERY_SERVICE
async def test_a_body_that_is_no_object_is_refused(apis: Apis, service: str) -> None:
    await assert_refused(
        await apis(service),
        [
            Wrong(operation, f"{sent} as its body", {"content": sent.encode()})
            for operation in WITH_BODY
            if operation.service == service
            for sent in NO_OBJECT
        ],
    )


@EVERY_SERVICE
async def test_no_body_where_one_is_needed_is_refused(apis: Apis, service: str) -> None:
    await assert_refused(
        await apis(service),
        [
            Wrong(operation, f"{sent!r} as its body", {"content": sent}, names="body")
            for operation in WITH_BODY
            if operation.service == service and operation.needs_body
            for sent in (b"null", b"")
        ],
    )


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
async def test_what_cannot_stand_in_a_body_is_refused_by_its_field(
    apis: Apis, operation: Operation
) -> None:
    await assert_refused(
        await apis(operation.service),
        [
            *bodies_with_unknown_fields(operation),
            *bodies_lacking_a_field(operation),
            *bodies_with_large_numbers(operation),
            *wrong_bodies(operation),
        ],
    )
