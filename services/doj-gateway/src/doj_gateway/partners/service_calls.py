"""Calls to other services of this system, with the gateway's token and a correlation ID."""

import asyncio
from typing import Any, TypeVar
from uuid import UUID

import httpx
from pydantic import BaseModel, ValidationError

from doj_gateway.partners.connections import CALL_SECONDS
from shared.errors import UnavailableError
from shared.security.service_identity import ServiceIdentity

Answer = TypeVar("Answer", bound=BaseModel)
REFUSED_FOR_GOOD = frozenset({400, 413, 422})
"""Status codes that mean the request itself is wrong, so that a retry fails too."""


class ServiceRefusedError(UnavailableError):
    """The service answered with a refusal or an unreadable answer.

    `is_for_good` is true if the same request would always be refused.
    """

    is_for_good = False


class ServiceCalls:
    """Client of one service, called with the gateway's own token."""

    def __init__(self, client: httpx.AsyncClient, identity: ServiceIdentity, name: str) -> None:
        self._client = client
        self._identity = identity
        self._name = name

    async def ask(
        self,
        read: type[Answer],
        method: str,
        path: str,
        errand: UUID,
        body: dict[str, Any] | None = None,
    ) -> Answer:
        """Call the service and parse the answer.

        Raises ServiceRefusedError if it answers with a refusal, UnavailableError otherwise. A
        refusal may be temporary, because the requested data may arrive there a moment later.
        """
        headers = {
            "Authorization": await self._identity.authorization(),
            "X-Correlation-Id": str(errand),
        }
        try:
            async with asyncio.timeout(CALL_SECONDS):
                answer = await self._client.request(method, path, json=body, headers=headers)
        except httpx.DecodingError:
            raise self._refused("cannot read the answer") from None
        except (httpx.HTTPError, TimeoutError) as error:
            raise self._unavailable(type(error).__name__) from None
        if answer.is_client_error:
            raise self._refused(f"status {answer.status_code}", answer.status_code)
        if not answer.is_success:
            raise self._unavailable(f"status {answer.status_code}")
        try:
            return read.model_validate_json(answer.content)
        except ValidationError as error:
            places = {".".join(map(str, fault["loc"])) for fault in error.errors()}
            raise self._refused(f"cannot read {', '.join(sorted(places))}") from None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def _unavailable(self, why: str) -> UnavailableError:
        return UnavailableError(self._detail(why), code=f"{self._name}-unavailable")

    def _refused(self, why: str, status: int | None = None) -> ServiceRefusedError:
        refused = ServiceRefusedError(self._detail(why), code=f"{self._name}-refused")
        refused.is_for_good = status in REFUSED_FOR_GOOD
        return refused

    def _detail(self, why: str) -> str:
        return f"{self._name} gave no usable answer: {why}"
