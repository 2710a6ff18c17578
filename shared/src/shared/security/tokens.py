"""Verifies access tokens: the signature, the audience and the expiration."""

from dataclasses import replace
from typing import Any

import jwt
from jwt import PyJWK

from shared.process.settings import TokenSettings
from shared.security.claims import ClaimRefusedError, actor_from
from shared.security.clients import service_of
from shared.security.key_set import KeySet
from shared.security.principals import Actor, Role

ALGORITHMS = ["RS256", "ES256"]
CLOCK_SKEW_SECONDS = 30


class TokenRefusedError(Exception):
    """The token is missing, malformed, expired, or issued by or for somebody else."""


class Authenticator:
    """Converts the bearer token of a request to an Actor."""

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
            actor = actor_from(claims)
        except (jwt.PyJWTError, ClaimRefusedError) as error:
            raise TokenRefusedError(f"the token is refused: {error}") from None
        return self._of_service(actor, claims)

    def _of_service(self, actor: Actor, claims: dict[str, Any]) -> Actor:
        """The service that calls; None for a person who signed in through a service's client."""
        if not actor.has(Role.SERVICE):
            return actor
        return replace(actor, service=service_of(claims, self._settings.service_clients))

    async def _believed(self, token: str) -> dict[str, Any]:
        """Verify the claims with the key that the token names, or with the key that replaced it."""
        key_id = str(jwt.get_unverified_header(token).get("kid", ""))
        key = await self._keys.key(key_id)
        if key is None:
            raise TokenRefusedError(
                "the token is signed with a key that its issuer does not publish"
            )
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
