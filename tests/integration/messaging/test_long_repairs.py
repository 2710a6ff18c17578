"""A long repair makes no garbage that grows with its pages."""

import httpx
import pytest

from integration.messaging.test_repair import only_in_the_log, outgoing
from shared.messaging.consuming import feed_client
from shared.messaging.consuming.feed_client import FeedConnection
from shared.testing.messaging import running
from shared.testing.two_services import TwoServices


async def test_all_pages_of_a_repair_are_asked_for_by_one_client(
    services: TwoServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = list(range(1, 41))
    events = await only_in_the_log(services, numbers)
    await services.send(0, outgoing(services, events[-1]))
    made: list[httpx.AsyncClient] = []

    class Counted(FeedConnection):
        def __init__(self, **how: object) -> None:
            made.append(self)
            super().__init__(**how)

    monkeypatch.setattr(feed_client, "FeedConnection", Counted)

    async with running(services.consumer()):
        await services.until_noted(events[0].subject_id, *numbers)

    assert len(made) == 1
    assert made[0].is_closed
