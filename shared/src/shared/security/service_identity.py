"""The calling service's own token (client-credentials grant), renewed shortly before its end."""

import time

import httpx

from shared.errors import UnavailableError
from shared.operations.settings import ServiceIdentitySettings

RENEW_BEFORE_SECONDS = 60.0


class ServiceIdentity:
    """Hands out a bearer token for calls between services."""

    def __init__(self, settings: ServiceIdentitySettings) -> None:
        self._settings = settings
        self._token = ""
        self._renew_at = float("-inf")

    async def authorization(self) -> str:
        """Return the `Authorization` header's value; raises UnavailableError without a token."""
        if time.monotonic() >= self._renew_at:
            await self._renew()
        return f"Bearer {self._token}"

    async def _renew(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._settings.service_client_id,
            "client_secret": self._settings.service_client_secret.get_secret_value(),
        }
        try:
            async with httpx.AsyncClient(timeout=5) as client:
                answer = await client.post(self._settings.service_token_url, data=form)
                answer.raise_for_status()
            body = answer.json()
            self._token = str(body["access_token"])
            lasts = float(body["expires_in"])
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise UnavailableError(
                "the identity provider gives no token just now",
                code="identity-provider-unavailable",
            ) from error
        self._renew_at = time.monotonic() + max(1.0, lasts - RENEW_BEFORE_SECONDS)
