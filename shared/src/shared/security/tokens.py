"""Tokens: signed by the identity provider's published keys, for us, and not yet expired."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import jwt
from jwt import PyJWK

from shared.operations.settings import TokenSettings
from shared.security.clients import service_of
from shared.security.key_set import KeySet
from shared.security.principals import Actor, Role

ALGORITHMS = ["RS256", "ES256"]
CLOCK_SKEW_SECONDS = 30


class TokenRefusedError(Exception):
    """The token is missing, malformed, foreign, for someone else or expired."""


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
            claims = await self._believed(token)
        except jwt.PyJWTError as error:
            raise TokenRefusedError(f"the token is refused: {error}") from None
        return self._of_service(actor_from(claims), claims)

    def _of_service(self, actor: Actor, claims: dict[str, Any]) -> Actor:
        """Say which service asks; a person who signed in through a service's client is none."""
        if not actor.has(Role.SERVICE):
            return actor
        return replace(actor, service=service_of(claims, self._settings.service_clients))

    async def _believed(self, token: str) -> dict[str, Any]:
        """Read the claims by the key the token names, or by the one that took that key's place."""
        key_id = str(jwt.get_unverified_header(token).get("kid", ""))
        key = await self._keys.key(key_id)
        if key is None:
            raise TokenRefusedError("the token is signed with a key its issuer does not publish")
        try:
            return self._claims(token, key)
        except jwt.InvalidSignatureError:
            instead = await self._keys.key_instead(key_id, key)
            if instead is None:
                raise
            return self._claims(token, instead)

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
