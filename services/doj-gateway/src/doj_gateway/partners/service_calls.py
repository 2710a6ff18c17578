"""Calls to the project's own services, with the gateway's own token and the errand's id."""

import asyncio
from typing import Any, TypeVar
from uuid import UUID

import httpx
from pydantic import BaseModel, ValidationError

from doj_gateway.partners.connections import CALL_SECONDS
from shared.errors import UnavailableError
from shared.security.service_identity import ServiceIdentity

Answer = TypeVar("Answer", bound=BaseModel)


class ServiceCalls:
    """One service, spoken to as the gateway."""

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
        """Call and read the answer; UnavailableError for whatever else comes.

        Even a refusal may pass: what is asked for may arrive there a moment later.
        """
        headers = {
            "Authorization": await self._identity.authorization(),
            "X-Correlation-Id": str(errand),
        }
        try:
            async with asyncio.timeout(CALL_SECONDS):
                answer = await self._client.request(method, path, json=body, headers=headers)
        except (httpx.HTTPError, TimeoutError) as error:
            raise self._unavailable(type(error).__name__) from None
        if not answer.is_success:
            raise self._unavailable(f"status {answer.status_code}")
        try:
            return read.model_validate_json(answer.content)
        except ValidationError as error:
            places = {".".join(map(str, fault["loc"])) for fault in error.errors()}
            raise self._unavailable(f"cannot read {', '.join(sorted(places))}") from None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def _unavailable(self, why: str) -> UnavailableError:
        return UnavailableError(
            f"{self._name} gave no answer to use: {why}", code=f"{self._name}-unavailable"
        )
