"""Pushes notices to the gateway until it receives and acknowledges them."""

import asyncio
import contextlib
import logging
import sqlite3
import time
from datetime import timedelta

import httpx

from doj_simulator.settings import SimulatorSettings
from doj_simulator.state import State, now, written

LOG = logging.getLogger(__name__)
LOOK_AGAIN_SECONDS = 0.25
FIRST_DELAY_SECONDS = 0.25
LONGEST_DELAY_SECONDS = 15.0
ONCE_TAKEN_SECONDS = 30.0
RENEW_BEFORE_SECONDS = 30.0
DUE = """
    SELECT * FROM notices WHERE acknowledged_at IS NULL AND next_push_at <= :now
    ORDER BY next_push_at LIMIT 20
"""
PUSHED = """
    UPDATE notices
    SET pushes = pushes + 1, next_push_at = :next, taken_at = coalesce(taken_at, :taken_at)
    WHERE notice_id = :notice_id
"""


class NoticePusher:
    """A background task. The state file has the notices that still must be pushed."""

    def __init__(self, settings: SimulatorSettings, state: State) -> None:
        self._settings = settings
        self._state = state
        self._woken = asyncio.Event()
        self._token = ""
        self._renew_at = float("-inf")

    def wake(self) -> None:
        """Check for due notices at once."""
        self._woken.set()

    async def run(self) -> None:
        """Push due notices until canceled."""
        async with httpx.AsyncClient(timeout=5) as client:
            while True:
                for notice in self._state.all(DUE, {"now": written(now())}):
                    await self._push(client, notice)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), LOOK_AGAIN_SECONDS)
                self._woken.clear()

    async def _push(self, client: httpx.AsyncClient, notice: sqlite3.Row) -> None:
        is_taken = await self._is_taken(client, notice)
        delay = FIRST_DELAY_SECONDS * 2 ** min(notice["pushes"], 10)
        wait = ONCE_TAKEN_SECONDS if is_taken else min(delay, LONGEST_DELAY_SECONDS)
        values = {
            "notice_id": notice["notice_id"],
            "next": written(now() + timedelta(seconds=wait)),
            "taken_at": written(now()) if is_taken else None,
        }
        self._state.change(PUSHED, values)

    async def _is_taken(self, client: httpx.AsyncClient, notice: sqlite3.Row) -> bool:
        try:
            answer = await client.post(
                f"{self._settings.gateway_url}/v1/notices",
                json=_body(notice),
                headers={"Authorization": f"Bearer {await self._bearer(client)}"},
            )
        except (httpx.HTTPError, ValueError, KeyError) as error:
            LOG.info("notice %s waits: %s", notice["notice_id"], type(error).__name__)
            return False
        if not answer.is_success:
            LOG.warning("notice %s refused: %s", notice["notice_id"], answer.status_code)
            self._renew_at = float("-inf")
        return answer.is_success

    async def _bearer(self, client: httpx.AsyncClient) -> str:
        if time.monotonic() >= self._renew_at:
            form = {
                "grant_type": "client_credentials",
                "client_id": self._settings.client_id,
                "client_secret": self._settings.client_secret.get_secret_value(),
            }
            answer = await client.post(self._settings.token_url, data=form)
            answer.raise_for_status()
            body = answer.json()
            self._token = str(body["access_token"])
            self._renew_at = time.monotonic() + float(body["expires_in"]) - RENEW_BEFORE_SECONDS
        return self._token


def _body(notice: sqlite3.Row) -> dict[str, object]:
    return {
        **{name: notice[name] for name in ("notice_id", "instrument", "assessed_on", "seen_at")},
        "person": {name: notice[name] for name in ("cii_number", "birth_date", "family_name")},
    }
