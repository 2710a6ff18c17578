"""A broker that stands still, connections open, answering nothing: harder to see than one gone."""

import contextlib
import os
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from local_system.lend import throw_away_kafka
from local_system.processes import Supervisor
from shared.identifiers import new_id
from shared.messaging.kafka.waiting import WedgedError
from shared.messaging.publishing import sending
from shared.messaging.publishing.publisher import Publisher
from shared.messaging.wire.envelope import parse
from shared.testing.messaging import running, until
from shared.testing.two_services import TwoServices

PUBLISHED = "SELECT published_through FROM published"
SHORT_SECONDS = 0.5


@dataclass
class Broker:
    """A broker of the test's own, since others must not stand still with it."""

    bootstrap: str
    process_id: int

    @contextlib.contextmanager
    def standing_still(self) -> Iterator[None]:
        """Stop its process for the length of the block, without ending it."""
        os.kill(self.process_id, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.process_id, signal.SIGCONT)


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Broker]:
    """Start one; end it afterwards."""
    program, bootstrap = throw_away_kafka(tmp_path)
    supervisor = Supervisor(tmp_path / "processes", print)
    await supervisor.start(program)
    await supervisor.wait_ready(["kafka"], 60)
    yield Broker(bootstrap, supervisor.process_id("kafka"))
    await supervisor.stop()


@pytest.fixture
def on_it(services: TwoServices, broker: Broker, monkeypatch: pytest.MonkeyPatch) -> TwoServices:
    """Services on that broker, which need not wait long for an acknowledgment."""
    monkeypatch.setattr(sending, "ACKNOWLEDGED_SECONDS", SHORT_SECONDS)
    update = {"kafka_bootstrap_servers": broker.bootstrap, "kafka_watermark_seconds": SHORT_SECONDS}
    return replace(services, kafka_settings=services.kafka_settings.model_copy(update=update))


async def until_it_says_why(publisher: Publisher) -> None:
    async def noticed() -> bool:
        return "Kafka is unavailable: no answer within" in (await publisher.reason() or "")

    await until(noticed)


async def test_events_that_it_does_not_acknowledge_are_sent_once_it_goes_on(
    on_it: TwoServices, broker: Broker
) -> None:
    thing = new_id()
    publisher = on_it.publisher()
    with contextlib.suppress(WedgedError):
        async with running(publisher):
            await on_it.announce(thing, 1)
            await on_it.until_values([1], PUBLISHED)
            with broker.standing_still():
                await on_it.announce(thing, 2, 3)
                await until_it_says_why(publisher)

    async with running(on_it.publisher()):
        await on_it.until_values([3], PUBLISHED)

    sent = [parse(record).sequence for part in await on_it.records() for record in part]
    assert {sequence for sequence in sent if sequence} == {1, 2, 3}


async def test_it_is_noticed_even_while_there_is_nothing_to_send(
    on_it: TwoServices, broker: Broker
) -> None:
    publisher = on_it.publisher()
    with contextlib.suppress(WedgedError):
        async with running(publisher):
            await on_it.announce(new_id(), 1)
            await on_it.until_values([1], PUBLISHED)
            with broker.standing_still():
                await until_it_says_why(publisher)
