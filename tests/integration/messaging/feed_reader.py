"""Asking the feed of a test's service, in-process, as its readers do."""

from typing import Any

import httpx

from shared.clock import SystemClock
from shared.database.database import Database
from shared.testing.feeds import feed_app
from shared.testing.two_services import TwoServices


class FeedReader:
    """The feed of the publishing service, as JSON."""

    def __init__(self, services: TwoServices) -> None:
        database = Database(services.database.engine, SystemClock(), services.service)
        transport = httpx.ASGITransport(feed_app(database))
        self._client = httpx.AsyncClient(transport=transport, base_url="http://feed")

    async def ask(self, **query: object) -> httpx.Response:
        """Ask, and return the answer as it came."""
        asked = {name: str(value) for name, value in query.items()}
        headers = {"Accept": "application/json", "Authorization": "test"}
        return await self._client.get("/v1/events", params=asked, headers=headers)

    async def batch(self, **query: object) -> httpx.Response:
        """Ask as one who names no media type."""
        asked = {name: str(value) for name, value in query.items()}
        return await self._client.get("/v1/events", params=asked)

    async def page(self, **query: object) -> dict[str, Any]:
        """Ask for what is there."""
        answer = await self.ask(**query)
        assert answer.status_code == httpx.codes.OK, answer.text
        body: dict[str, Any] = answer.json()
        return body

    async def report(
        self, name: str, epoch: int, last_sequences: list[int], by: str = "a client"
    ) -> httpx.Response:
        """Say how far a reader is."""
        body = {"epoch": epoch, "last_sequences": last_sequences}
        headers = {"Authorization": by}
        return await self._client.put(f"/v1/event-readers/{name}", json=body, headers=headers)
