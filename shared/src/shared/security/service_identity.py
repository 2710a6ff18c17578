"""The service's own token for calls to other services, renewed shortly before it expires."""

import time
from collections.abc import Callable

import httpx

from shared.bounded_answers import BoundedClient
from shared.errors import UnavailableError
from shared.process.settings import ServiceIdentitySettings

RENEW_BEFORE_SECONDS = 60.0
LONGEST_SECONDS = 86_400.0
"""Maximum lifetime of a token here, so that a withdrawn one is replaced within a day."""
UNREADABLE = (httpx.HTTPError, ValueError, KeyError, TypeError, RecursionError)
"""Errors that the provider's answer may cause."""


class ServiceIdentity:
    """Provides a bearer token for calls between services."""

    def __init__(
        self,
        settings: ServiceIdentitySettings,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._monotonic = monotonic
        self._token = ""
        self._renew_at = float("-inf")

    async def authorization(self) -> str:
        """Return the `Authorization` header's value; raises UnavailableError without a token."""
        if self._monotonic() >= self._renew_at:
            await self._renew()
        return f"Bearer {self._token}"

    async def _renew(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.service_client_id,
            "client_secret": self._settings.service_client_secret.get_secret_value(),
        }
        try:
            async with BoundedClient(timeout=5) as client:
                answer = await client.post(self._settings.service_token_url, data=form)
                answer.raise_for_status()
            body = answer.json()
            token, lasts = _text(body["access_token"]), float(body["expires_in"])
        except UNREADABLE as error:
            raise UnavailableError(
                "the identity provider does not issue a token at the moment",
                code="identity-provider-unavailable",
            ) from error
        lasts = max(1.0, min(lasts, LONGEST_SECONDS) - RENEW_BEFORE_SECONDS)
        self._token, self._renew_at = token, self._monotonic() + lasts


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("the access token must be a text")
    return value
