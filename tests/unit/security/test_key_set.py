"""Whatever the identity provider does, requests are answered: one call serves all who wait."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from shared.bounded_answers import BoundedClient
from shared.errors import UnavailableError
from shared.security import key_set
from shared.security.key_set import KeySet

ASKERS = 40
KEYS_URL = "https://sign-in.example/keys"
PUBLIC = ec.generate_private_key(ec.SECP256R1()).public_key()
PUBLISHED = {"keys": [ECAlgorithm.to_jwk(PUBLIC, as_dict=True) | {"kid": "of-today"}]}
Answering = Callable[[], Awaitable[httpx.Response]]


async def published() -> httpx.Response:
    return httpx.Response(200, json=PUBLISHED)


async def away() -> httpx.Response:
    return httpx.Response(503)


async def never() -> httpx.Response:
    return await asyncio.Future()


class Provider:
    """Answers as it is told to, counts the calls, and has a clock that tests move."""

    def __init__(self) -> None:
        self.answering: Answering = published
        self.asked = 0
        self.seconds = 1000.0
        self.keys = KeySet(KEYS_URL, lambda: self.seconds)

    async def __call__(self, _: httpx.Request) -> httpx.Response:
        """Answer one call for the keys."""
        self.asked += 1
        return await self.answering()


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    found, made = Provider(), BoundedClient

    def client(timeout: float) -> httpx.AsyncClient:
        return made(transport=httpx.MockTransport(found), timeout=timeout)

    monkeypatch.setattr(key_set, "BoundedClient", client)
    return found


async def test_known_keys_are_not_asked_for_again(provider: Provider) -> None:
    for _ in range(3):
        assert await provider.keys.key("of-today") is not None

    assert provider.asked == 1


async def test_forty_requests_share_one_call_and_its_failure(provider: Provider) -> None:
    answered = asyncio.Event()

    async def away_at_last() -> httpx.Response:
        await answered.wait()
        return httpx.Response(503)

    provider.answering = away_at_last
    asking = [asyncio.create_task(provider.keys.key("of-today")) for _ in range(ASKERS)]
    await asyncio.sleep(0)
    answered.set()
    outcomes = await asyncio.gather(*asking, return_exceptions=True)

    assert [type(each) for each in outcomes] == [UnavailableError] * ASKERS
    assert provider.asked == 1


async def test_a_provider_that_never_answers_is_given_up(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.security.key_set.ANSWER_SECONDS", 0.01)
    provider.answering = never

    with pytest.raises(UnavailableError):
        await provider.keys.key("of-today")


async def test_after_a_failure_nobody_waits_until_the_pause_is_over(provider: Provider) -> None:
    provider.answering = away
    with pytest.raises(UnavailableError):
        await provider.keys.key("of-today")
    provider.answering = published

    provider.seconds += 4
    with pytest.raises(UnavailableError):
        await provider.keys.key("of-today")
    provider.seconds += 1
    found = await provider.keys.key("of-today")

    assert found is not None
    assert provider.asked == 2


async def test_unknown_keys_do_not_have_the_provider_asked_without_end(provider: Provider) -> None:
    found = [await provider.keys.key(f"unknown-{number}") for number in range(300)]

    assert set(found) == {None}
    assert provider.asked == 1


async def test_known_keys_outlast_an_outage_and_nobody_waits_for_its_end(
    provider: Provider,
) -> None:
    known = await provider.keys.key("of-today")
    provider.answering = away
    provider.seconds += 601
    while_it_fails = await provider.keys.key("of-today")
    provider.answering = never
    provider.seconds += 5

    while_it_hangs = asyncio.create_task(provider.keys.key("of-today"))
    await asyncio.sleep(0)

    assert known is not None
    assert while_it_fails is known
    assert while_it_hangs.done()
    assert while_it_hangs.result() is known


async def test_a_key_that_may_be_new_is_not_refused_while_the_provider_is_away(
    provider: Provider,
) -> None:
    await provider.keys.key("of-today")
    provider.answering = away
    provider.seconds += 5

    with pytest.raises(UnavailableError):
        await provider.keys.key("of-tomorrow")


@pytest.mark.parametrize(
    "strange",
    [
        b"[]",
        b'{"keys": 1}',
        b'{"keys": [1]}',
        b'{"keys": null}',
        b'"none"',
        b"null",
        b"[" * 100_000,
        json.dumps(PUBLISHED).encode() + b" " * 1_000_000,
    ],
)
async def test_an_answer_that_is_no_key_set_is_an_outage(
    provider: Provider, strange: bytes
) -> None:
    async def strangely() -> httpx.Response:
        return httpx.Response(200, content=strange)

    provider.answering = strangely

    with pytest.raises(UnavailableError):
        await provider.keys.key("of-today")


async def test_wrong_signatures_have_the_keys_asked_for_once_in_a_pause(provider: Provider) -> None:
    await _wrong_signature(provider)
    provider.seconds += 5

    for _ in range(300):
        await _wrong_signature(provider)

    assert provider.asked == 2


async def _wrong_signature(provider: Provider) -> None:
    known = await provider.keys.key("of-today")
    assert known is not None
    await provider.keys.key_instead("of-today", known)
