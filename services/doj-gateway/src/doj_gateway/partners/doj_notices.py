"""Client of DOJ's list of notices, for a gateway whose restored database lost some of them.

DOJ does not push acknowledged notices again. The simulator's OpenAPI document states what is
assumed about the list.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from doj_gateway.domain.said_notices import SaidNotice
from doj_gateway.partners.connections import CALL_SECONDS
from doj_gateway.partners.said_notices import NoticeBody
from shared.errors import UnavailableError

PAGE = 200
KEY_REFUSED = frozenset({401, 403})


class NoticeNotShownError(UnavailableError):
    """DOJ lists a notice but does not show it in a readable form."""


class _Listed(BaseModel):
    notice_id: str


_LIST, _ANYTHING = TypeAdapter(list[_Listed]), TypeAdapter(object)


class DojNotices:
    """Client of DOJ's notices. The HTTP client has the address and the key."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def page(self, seen_since: datetime | None, after: str | None) -> Sequence[str]:
        """List the IDs of up to 200 notices that DOJ has seen since then, oldest first.

        `after` is the last ID of the previous page. Raises UnavailableError.
        """
        asked = {"limit": str(PAGE)}
        if seen_since is not None:
            asked["seen_since"] = seen_since.isoformat()
        if after is not None:
            asked["after"] = after
        answer = await self._get("/v1/notices", asked)
        if not answer.is_success:
            raise _unavailable(f"status {answer.status_code}")
        try:
            return [each.notice_id for each in _LIST.validate_json(answer.content)]
        except ValidationError:
            raise _unavailable("its list cannot be read") from None

    async def notice(self, doj_notice_id: str) -> SaidNotice:
        """Request one notice with the person. Any content is accepted, as from a push.

        Raises NoticeNotShownError if only this notice is not shown, UnavailableError otherwise.
        """
        answer = await self._get(f"/v1/notices/{quote(doj_notice_id, safe='')}", {})
        if answer.is_client_error and answer.status_code not in KEY_REFUSED:
            raise _not_shown(f"status {answer.status_code}")
        if not answer.is_success:
            raise _unavailable(f"status {answer.status_code}")
        try:
            told = _ANYTHING.validate_json(answer.content)
            parts = told if isinstance(told, dict) else {}
            return NoticeBody.model_validate(parts | {"notice_id": doj_notice_id}).said()
        except ValidationError:
            raise _not_shown("it cannot be read") from None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _get(self, path: str, asked: Mapping[str, str]) -> httpx.Response:
        try:
            async with asyncio.timeout(CALL_SECONDS):
                return await self._client.get(path, params=dict(asked))
        except httpx.DecodingError:
            raise _not_shown("its answer is too long") from None
        except (httpx.HTTPError, TimeoutError) as error:
            raise _unavailable(type(error).__name__) from None


def _unavailable(why: str) -> UnavailableError:
    return UnavailableError(f"DOJ did not list its notices: {why}", code="doj-unavailable")


def _not_shown(why: str) -> NoticeNotShownError:
    return NoticeNotShownError(
        f"DOJ lists a notice but does not show it: {why}", code="doj-notice-not-shown"
    )
