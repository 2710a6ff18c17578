"""DOJ's own list of its notices, for a gateway whose database went back and lost what it was told.

DOJ does not push again what was acknowledged. What is assumed of the list is written in the
simulator's OpenAPI document.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from doj_gateway.domain.said_notices import SaidNotice
from doj_gateway.partners.connections import CALL_SECONDS
from shared.errors import UnavailableError

PAGE = 200
Read = TypeVar("Read")


class _Listed(BaseModel):
    notice_id: str


class _Person(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    cii_number: str | None = None
    birth_date: str | None = None
    family_name: str | None = None


class _Told(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    instrument: str | None = None
    assessed_on: str | None = None
    seen_at: str | None = None
    person: _Person = _Person()


_LIST, _TOLD = TypeAdapter(list[_Listed]), TypeAdapter(_Told)


class DojNotices:
    """Asks DOJ for its notices; the client holds the address and the key."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def page(self, seen_since: datetime | None, after: str | None) -> Sequence[str]:
        """List the ids of up to 200 notices seen since then, the oldest first.

        `after` is the last id of the page before. Raises UnavailableError.
        """
        asked = {"limit": str(PAGE)}
        if seen_since is not None:
            asked["seen_since"] = seen_since.isoformat()
        if after is not None:
            asked["after"] = after
        return [each.notice_id for each in await self._ask(_LIST, "/v1/notices", asked)]

    async def notice(self, doj_notice_id: str) -> SaidNotice:
        """Ask for one notice with the person; UnavailableError."""
        told = await self._ask(_TOLD, f"/v1/notices/{quote(doj_notice_id, safe='')}", {})
        return SaidNotice(
            instrument=told.instrument,
            assessed_on=told.assessed_on,
            seen_at=told.seen_at,
            cii_number=told.person.cii_number,
            birth_date=told.person.birth_date,
            family_name=told.person.family_name,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _ask(self, read: TypeAdapter[Read], path: str, asked: Mapping[str, str]) -> Read:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                answer = await self._client.get(path, params=dict(asked))
            answer.raise_for_status()
            return read.validate_json(answer.content)
        except (httpx.HTTPError, TimeoutError, ValidationError) as error:
            raise UnavailableError(
                f"DOJ does not show its notices: {type(error).__name__}", code="doj-unavailable"
            ) from None
