"""Bodies made to cost much: refused, with a small answer."""

import httpx
import pytest

from contract.http.asking import Api, Apis, assert_problem

JSON = {"Content-Type": "application/json"}
LARGEST = 65_536
EXPENSIVE = {
    "brackets": b'{"numbers":[' + (b"[" * 40 + b"]" * 40 + b",") * 800 + b"1]}",
    "deep brackets": b'{"numbers":[' + (b"[" * 900 + b"]" * 900 + b",") * 36 + b"1]}",
    "null characters": b'{"numbers":["' + b'\\u0000","' * 6_500 + b'"]}',
    "unknown names": b"{" + b",".join(b'"%x":1' % number for number in range(7_000)) + b"}",
}


@pytest.fixture
async def api(apis: Apis) -> Api:
    return await apis("certification")


async def _checked(api: Api, content: bytes, **headers: str) -> httpx.Response:
    return await api.client.post("/v1/register/checks", content=content, headers=JSON | headers)


@pytest.mark.parametrize("content", EXPENSIVE.values(), ids=EXPENSIVE.keys())
async def test_an_expensive_body_gets_a_small_answer(api: Api, content: bytes) -> None:
    answer = await _checked(api, content)

    assert_problem(answer, 422)
    assert len(answer.content) < 20_000


async def test_an_answer_names_twenty_faults_and_how_many_more_there_are(api: Api) -> None:
    answer = await _checked(api, EXPENSIVE["unknown names"])

    assert len(answer.json()["faults"]) == 20
    assert answer.json()["more_faults"] == 6_981  # those 7,000, and `kind` and `numbers` missing


async def test_a_compressed_body_is_refused(api: Api) -> None:
    answer = await _checked(api, b"\x1f\x8b", **{"Content-Encoding": "gzip"})

    assert_problem(answer, 415)
    assert answer.headers["accept-encoding"] == "identity"


async def test_a_body_that_says_it_is_not_compressed_is_read(api: Api) -> None:
    answer = await _checked(api, b"{}", **{"Content-Encoding": "identity"})

    assert_problem(answer, 422)


async def test_a_person_whose_form_is_too_large_is_told_by_a_page(api: Api) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = await api.client.post("/status", content=b"token=" + b"x" * LARGEST, headers=form)

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


async def test_a_body_that_is_too_large_is_not_looked_at_before_the_token(api: Api) -> None:
    answer = await api.client.post("/v1/applications", content=b"x" * (LARGEST + 1))

    assert_problem(answer, 401)
