"""Tokens: signed by the identity provider's published keys, for us, and not yet expired."""

import asyncio
import time
from typing import Any
from uuid import UUID

import httpx
import jwt
from jwt import PyJWK, PyJWKSet

from shared.errors import UnavailableError
from shared.operations.settings import TokenSettings
from shared.security.principals import Actor, Role

ALGORITHMS = ["RS256", "ES256"]
CLOCK_SKEW_SECONDS = 30
KEYS_LAST_SECONDS = 600.0
ASK_AGAIN_SECONDS = 5.0


class TokenRefusedError(Exception):
    """The token is missing, malformed, foreign, for someone else or expired."""


class KeySet:
    """The issuer's public keys, fetched when first needed and again when an unknown one shows up.

    While the issuer is away, the keys already known go on being used: an outage of sign-in
    must not end the work of those who are signed in.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._keys: dict[str, PyJWK] = {}
        self._asked_at = float("-inf")
        self._lock = asyncio.Lock()

    async def key(self, key_id: str) -> PyJWK:
        """Return the key of that id; raises TokenRefusedError where the issuer has none."""
        is_old = time.monotonic() - self._asked_at > KEYS_LAST_SECONDS
        if key_id not in self._keys or is_old:
            await self._refresh()
        if key_id not in self._keys:
            raise TokenRefusedError("the token is signed with a key its issuer does not publish")
        return self._keys[key_id]

    async def _refresh(self) -> None:
        async with self._lock:
            if time.monotonic() - self._asked_at < ASK_AGAIN_SECONDS:
                return
            try:
                self._keys = await self._fetch()
            except (httpx.HTTPError, jwt.PyJWTError, ValueError) as error:
                if not self._keys:
                    raise UnavailableError(
                        "the identity provider's keys cannot be read just now",
                        code="identity-provider-unavailable",
                    ) from error
            self._asked_at = time.monotonic()

    async def _fetch(self) -> dict[str, PyJWK]:
        async with httpx.AsyncClient(timeout=5) as client:
            answer = await client.get(self._url)
            answer.raise_for_status()
        keys = PyJWKSet.from_dict(answer.json()).keys
        return {key.key_id: key for key in keys if key.key_id}


class Authenticator:
    """Turns the bearer token of a request into an Actor."""

    def __init__(self, settings: TokenSettings) -> None:
        self._settings = settings
        self._keys = KeySet(settings.token_keys_url)

    async def actor(self, authorization: str | None) -> Actor:
        """Read `Bearer <token>`; raises TokenRefusedError with what is wrong, never the token."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise TokenRefusedError("send `Authorization: Bearer <token>`")
        try:
            header = jwt.get_unverified_header(token)
            key = await self._keys.key(str(header.get("kid", "")))
            claims = self._claims(token, key)
        except jwt.PyJWTError as error:
            raise TokenRefusedError(f"the token is refused: {error}") from None
        return actor_from(claims)

    def _claims(self, token: str, key: PyJWK) -> dict[str, Any]:
        return jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=self._settings.token_audience,
            issuer=self._settings.token_issuer,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "iss", "aud", "sub"]},
        )


def actor_from(claims: dict[str, Any]) -> Actor:
    """Read the claims; roles unknown here count for nothing."""
    known = {role.value for role in Role}
    roles = claims.get("roles", [])
    if not isinstance(roles, list):
        raise TokenRefusedError("the claim `roles` is not a list")
    return Actor(
        subject=str(claims["sub"]),
        roles=frozenset(Role(role) for role in roles if role in known),
        agency=_text(claims, "agency"),
        unit=_text(claims, "unit"),
        provider=_id(claims, "provider"),
        program=_id(claims, "program"),
    )


def _text(claims: dict[str, Any], name: str) -> str | None:
    value = claims.get(name)
    return None if value is None else str(value)


def _id(claims: dict[str, Any], name: str) -> UUID | None:
    value = claims.get(name)
    try:
        return None if value is None else UUID(str(value))
    except ValueError:
        raise TokenRefusedError(f"the claim `{name}` is not an id") from None
