"""A request that would succeed, with something extreme in one place: taken or refused, no more."""

from collections.abc import Iterator
from typing import Any

import pytest

from contract.http.asking import Api, Apis
from contract.http.repeatable import REPEATABLE, Repeatable
from contract.http.schemas import Path, replaced

EXTREMES = [
    *(10**30, 2**63, -(2**63), 2**31, -1, 1e300, True, None),
    *("", " ", "\u0001", "\u2028", "\uffff", "'; --", "\\", "12345\n"),
    *("e\u0301" * 100, "\U0001f600" * 200, "\u0661\u0662\u0663\u0664\u0665"),
    *("1900-01-01", "2100-12-31", "1900-01-01T00:00:00+14:00", "2100-12-31T23:59:59-14:00"),
    "00000000-0000-0000-0000-000000000000",
]
ALLOWED = {200, 201, 404, 409, 422}


def places(value: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401 - any JSON value
    """Every place in a body that holds a single value."""
    if not isinstance(value, dict | list):
        yield path
        return
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for name, each in pairs:
        yield from places(each, (*path, name))


@pytest.fixture
async def api(apis: Apis, repeatable: Repeatable) -> Api:
    """The service, with what the request needs."""
    found = await apis(repeatable.operation.service)
    await repeatable.prepare(found)
    return found


@pytest.mark.parametrize("repeatable", REPEATABLE, ids=str)
async def test_an_extreme_value_breaks_nothing(api: Api, repeatable: Repeatable) -> None:
    body = repeatable.body()
    signed = repeatable.signed(api)

    answered = {
        f"{place}: {extreme!a}": answer.status_code
        for extreme in EXTREMES
        for place in places(body)
        for sent in [replaced(body, place, extreme)]
        for answer in [await api.ask(repeatable.operation, headers=signed, body=sent)]
    }

    assert {asked: code for asked, code in answered.items() if code not in ALLOWED} == {}
