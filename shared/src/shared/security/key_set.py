"""The identity provider's public keys, fetched once for all waiting requests, with a time limit.

Every request needs a key, so a slow provider must not make requests pile up. One call at a time
serves all of them, ends within seconds, and is followed by a pause.
"""

import asyncio
import time
from collections.abc import Callable, Mapping

import httpx
import jwt
from jwt import PyJWK, PyJWKSet

from shared.bounded_answers import BoundedClient
from shared.errors import UnavailableError

KEYS_LAST_SECONDS = 600.0
"""Seconds after which known keys are fetched again."""
ANSWER_SECONDS = 5.0
"""Seconds within which the provider must answer completely."""
ASK_AGAIN_SECONDS = 5.0
"""Seconds between two calls, however many tokens with unknown keys or bad signatures arrive."""
UNREADABLE = (
    httpx.HTTPError,
    jwt.PyJWTError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
    TimeoutError,
)
"""Errors that the provider's answer may cause."""


class KeySet:
    """The last keys read; fetched when first needed, when old, and when none fits a token.

    While the provider is unavailable, the known keys stay valid, so that an outage of sign-in does
    not stop users who are signed in.
    """

    def __init__(self, url: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._monotonic = monotonic
        self._keys: Mapping[str, PyJWK] = {}
        self._read_at = float("-inf")
        self._asked_at = float("-inf")
        self._is_away = False
        self._asking: asyncio.Task[None] | None = None

    async def key(self, key_id: str) -> PyJWK | None:
        """Return the key with this id; None if the provider does not publish it.

        Raises UnavailableError if the provider's keys cannot be read.
        """
        is_old = self._monotonic() - self._read_at > KEYS_LAST_SECONDS
        if key_id not in self._keys:
            await self._ask()
        elif is_old and self._is_away:
            self._begin_to_ask()  # and do not wait for a provider that gave no answer last time
        elif is_old:
            await self._ask()
        if key_id not in self._keys and self._is_away:
            raise UnavailableError(
                "the identity provider's keys cannot be read at the moment",
                code="identity-provider-unavailable",
            )
        return self._keys.get(key_id)

    async def key_instead(self, key_id: str, of: PyJWK) -> PyJWK | None:
        """Return the key now published under the same id in place of one that does not fit, if any.

        A provider may change a key and keep its id.
        """
        if self._keys.get(key_id) is of:
            await self._ask()
        found = self._keys.get(key_id)
        return None if found is of else found

    async def _ask(self) -> None:
        """Wait for the current call, or start one if the pause since the last is over."""
        asking = self._begin_to_ask()
        if asking is not None:
            await asyncio.shield(asking)

    def _begin_to_ask(self) -> asyncio.Task[None] | None:
        if self._asking is None and self._monotonic() - self._asked_at >= ASK_AGAIN_SECONDS:
            self._asking = asyncio.create_task(self._read())
        return self._asking

    async def _read(self) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                self._keys = await self._fetch()
            self._read_at, self._is_away = self._monotonic(), False
        except UNREADABLE:
            self._is_away = True
        finally:
            self._asked_at, self._asking = self._monotonic(), None

    async def _fetch(self) -> Mapping[str, PyJWK]:
        async with BoundedClient(timeout=ANSWER_SECONDS) as client:
            answer = await client.get(self._url)
            answer.raise_for_status()
        keys = PyJWKSet.from_dict(answer.json()).keys
        return {key.key_id: key for key in keys if key.key_id}
