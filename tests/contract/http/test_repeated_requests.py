"""A request repeated with its Idempotency-Key gets the stored answer and does nothing again."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import httpx
import pytest

from contract.http.asking import Api, Apis, assert_problem
from contract.http.repeatable import REPEATABLE, Repeatable

Send = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture(params=REPEATABLE, ids=str)
def request_made(request: pytest.FixtureRequest) -> Repeatable:
    made: Repeatable = request.param
    return made


@pytest.fixture
async def api(apis: Apis, request_made: Repeatable) -> Api:
    """The service, with what the request needs and rows counted after that."""
    found = await apis(request_made.operation.service)
    await request_made.prepare(found)
    await found.remember_rows()
    return found


@pytest.fixture
def send(api: Api, request_made: Repeatable) -> Send:
    """Sends bodies with one key to one address."""
    url, key = request_made.operation.url(), str(uuid4())

    async def sent(body: object, sub: UUID | None = None) -> httpx.Response:
        headers = request_made.signed(api, sub) | {"Idempotency-Key": key}
        return await api.ask(request_made.operation, url=url, headers=headers, body=body)

    return sent


async def test_the_same_request_gets_the_stored_answer(
    api: Api, send: Send, request_made: Repeatable
) -> None:
    body = request_made.body()
    first = await send(body)
    await api.remember_rows()

    second = await send(body)

    assert first.is_success, first.text
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert _kept(second) == _kept(first)
    assert await api.grown() == {"audit_entries"}


async def test_another_body_under_the_same_key_is_refused(
    api: Api, send: Send, request_made: Repeatable
) -> None:
    await send(request_made.body())
    await api.remember_rows()

    answer = await send(request_made.body())

    assert_problem(answer, 422, "header.Idempotency-Key")
    await api.assert_nothing_written()


async def test_another_actor_may_use_the_same_key(
    api: Api, send: Send, request_made: Repeatable
) -> None:
    await send(request_made.body())

    answer = await send(request_made.body(), api.colleague)

    assert answer.is_success, answer.text
    assert "idempotency-replayed" not in answer.headers


async def test_the_key_of_a_refused_request_can_be_used_again(
    api: Api, send: Send, request_made: Repeatable
) -> None:
    refused = await send({"surprise": 1})
    await api.assert_nothing_written()

    answer = await send(request_made.body())

    assert_problem(refused, 422)
    assert answer.is_success, answer.text
    assert "idempotency-replayed" not in answer.headers


async def test_of_two_equal_requests_at_once_one_does_it(
    api: Api, send: Send, request_made: Repeatable
) -> None:
    body = request_made.body()

    answers = await asyncio.gather(send(body), send(body), send(body))

    assert {answer.content for answer in answers} == {answers[0].content}
    assert [each.headers.get("idempotency-replayed") for each in answers].count("true") == 2


async def test_a_key_that_is_too_long_is_refused(api: Api, request_made: Repeatable) -> None:
    headers = request_made.signed(api) | {"Idempotency-Key": "k" * 201}

    answer = await api.ask(request_made.operation, headers=headers, body=request_made.body())

    assert_problem(answer, 422, "header.Idempotency-Key")
    await api.assert_nothing_written()


def _kept(answer: httpx.Response) -> list[str | None]:
    return [answer.headers.get(name) for name in ("etag", "location", "content-type")]
