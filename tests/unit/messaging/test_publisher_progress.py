"""A publisher whose leadership has just ended has not stood still since that began."""

import asyncio
import time
from typing import Any, cast

import pytest
from pydantic import SecretStr

from shared.messaging.publishing import publisher as publishing
from shared.messaging.publishing.leadership import LeaderConnections
from shared.messaging.publishing.publisher import Publisher
from shared.process.settings import DatabaseSettings, KafkaSettings

LONG_AGO = 1_000.0


class Ended:
    """A leadership that came round a second ago, and then lost its database."""

    def __init__(self, *_: object) -> None:
        self.last_progress = time.monotonic() - 1.0

    async def run(self, stop: asyncio.Event) -> None:
        """Lose the connection."""
        del stop
        raise ConnectionResetError


async def test_the_end_of_a_long_leadership_is_no_standstill(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "Leadership", Ended)
    publisher = Publisher(
        DatabaseSettings(database_url=SecretStr("postgresql://nobody@127.0.0.1:9/none")),
        KafkaSettings(kafka_bootstrap_servers="127.0.0.1:9"),
        service="things",
    )
    publisher._looked_at = time.monotonic() - LONG_AGO  # noqa: SLF001 - when it began to lead
    led = cast("Any", (None, None))

    with pytest.raises(ConnectionResetError):
        await publisher._lead_by(cast("LeaderConnections", None), led, asyncio.Event())  # noqa: SLF001 - the step under test

    assert time.monotonic() - publisher.last_progress < LONG_AGO / 2
