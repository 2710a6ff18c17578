"""Two counting services in processes of their own: one announces numbers, the other notes them."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import SecretStr

from contract.events.emitted_events import check_database, known_in_tests
from faults.checker import promises, reading
from faults.checker.recorded import Delivered, Producing, Writes
from faults.counting.events import NumberNoted, ThingNumbered, ThingNumberedWider, ThingPainted
from faults.counting.service import named
from faults.service_process import ServiceProcess
from faults.waiting import until
from local_system.ports import HOST, free_port
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.errors import UnavailableError
from shared.events.event import Event
from shared.identifiers import new_id
from shared.messaging.wire.envelope import topic_of
from shared.messaging.wire.partitioning import partition_of
from shared.process.settings import DatabaseSettings, KafkaSettings
from shared.schema.migration import migrate
from shared.security.principals import process_actor
from shared.testing.sealing import KEY

PARTITIONS = 3
REST_SECONDS = 360.0
PACE_SECONDS = 0.02
NOWHERE = f"http://{HOST}:9"

for _kind in (ThingNumbered, ThingNumberedWider, ThingPainted, NumberNoted):
    known_in_tests(_kind)  # here, so that the service's own processes need not load the catalog


@dataclass
class Counted:
    """The services' databases and broker, their processes, and the test's own writer."""

    writer_url: str
    reader_url: str
    kafka: KafkaSettings
    folder: Path
    service: str = field(default_factory=lambda: f"test-{new_id().hex[-10:]}")
    writes: Writes = field(default_factory=Writes)
    tape: list[Delivered] = field(default_factory=list)
    processes: list[ServiceProcess] = field(default_factory=list)
    api_port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        """The writer is the announcing service, in the test's own process."""
        self._database = self._opened(self.writer_url)

    def _opened(self, url: str) -> Database:
        settings = DatabaseSettings(database_url=SecretStr(url), database_pool_size=4)
        return Database(create_engine(settings, "test"), SystemClock(), self.service)

    @property
    def topic(self) -> str:
        """The announcing service's topic."""
        return topic_of(self.service)

    @property
    def reader(self) -> str:
        """The noting service's name."""
        return f"{self.service}-reader"

    async def close(self) -> None:
        """End what still runs."""
        await asyncio.gather(*(process.kill() for process in self.processes))
        await self._database.engine.dispose()

    # Its processes.

    def publisher(self, name: str = "publisher") -> ServiceProcess:
        """A publisher of the announcing service."""
        return self._process(name, "publisher", self._writer_settings())

    def api(self) -> ServiceProcess:
        """The announcing service's API, its feed included."""
        api = self._process("api", "api", self._writer_settings())
        api.http_port = self.api_port
        return api

    def consumer(self, name: str = "consumer", *, version: int = 1) -> ServiceProcess:
        """A consumer of the noting service, which understands schemas up to a version."""
        return self._process(name, "consumer", self._reader_settings(version))

    async def operate(self, *command: str, reader: bool = False) -> str:
        """Run one of the operator's commands; return what it wrote."""
        settings = self._reader_settings() if reader else self._writer_settings()
        operator = self._process(" ".join(command[:2]), "", settings, command)
        await operator.start()
        code = await operator.until_ended()
        written = (operator.folder / "log").read_text()
        assert code == 0, written
        return written

    def _process(
        self,
        name: str,
        command: str,
        settings: dict[str, str],
        arguments: Collection[str] = (),
    ) -> ServiceProcess:
        folder = self.folder / name.replace(" ", "-")
        told = {f"CASOMB_{key}": value for key, value in settings.items()}
        told["CASOMB_COUNTING_BEHAVIOR"] = str(self.behavior)
        process = ServiceProcess(name, folder, ("faults.counting", *(arguments or [command])), told)
        self.processes.append(process)
        return process

    @property
    def behavior(self) -> Path:
        """The file that says how the noting service's handler is to fail."""
        return self.folder / "behavior"

    def _writer_settings(self) -> dict[str, str]:
        own = {"COUNTING_SERVICE": self.service, "DATABASE_URL": self.writer_url}
        return self._settings() | own

    def _reader_settings(self, version: int = 1) -> dict[str, str]:
        own = {
            "COUNTING_SERVICE": self.reader,
            "COUNTING_READS": self.service,
            "COUNTING_VERSION": str(version),
            "DATABASE_URL": self.reader_url,
        }
        return self._settings() | own

    def _settings(self) -> dict[str, str]:
        api = f"http://{HOST}:{self.api_port}"
        return {
            "KAFKA_BOOTSTRAP_SERVERS": self.kafka.kafka_bootstrap_servers,
            "KAFKA_PARTITIONS": str(self.kafka.kafka_partitions),
            "KAFKA_REPLICATION_FACTOR": "1",
            "TOKEN_ISSUER": NOWHERE,
            "TOKEN_KEYS_URL": NOWHERE,
            "SERVICE_TOKEN_URL": f"{api}/token",
            "FEED_URLS": json.dumps({self.service: api}),
            "SERVICE_CLIENT_ID": "test",
            "SERVICE_CLIENT_SECRET": "test",
            "FIELD_ENCRYPTION_KEY": KEY,
            "BLIND_INDEX_KEY": KEY,
        }

    # The test's own writer.

    async def announce(self, thing_id: UUID, *numbers: int) -> None:
        """Commit numbers of one thing, in one transaction, and remember how the commit ended."""
        await self.commit(*(ThingNumbered(thing_id=thing_id, number=each) for each in numbers))

    async def commit(self, *events: Event) -> list[UUID]:
        """Commit events about one subject; raises UnavailableError when its outcome is unknown."""
        announced: list[UUID] = []
        try:
            async with self._database.transaction(Cause(process_actor("test"), new_id())) as tx:
                await tx.lock_subject(events[0].subject_id)
                announced += [tx.publish(event) for event in events]
        except UnavailableError:
            self.writes.unknown.update(announced)
            raise
        self.writes.committed += announced
        return announced

    @asynccontextmanager
    async def writing(self, *things: UUID) -> AsyncIterator[None]:
        """Go on announcing numbers of each thing during the block, whatever becomes of them."""
        stop = asyncio.Event()
        tasks = [asyncio.create_task(self._write(thing, stop)) for thing in things]
        try:
            yield
        finally:
            stop.set()
            await asyncio.gather(*tasks)

    async def _write(self, thing_id: UUID, stop: asyncio.Event) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with suppress(UnavailableError):
                await self.announce(thing_id, number)
            await asyncio.sleep(PACE_SECONDS)

    # What it recorded.

    @asynccontextmanager
    async def connected(self, *, reader: bool = False) -> AsyncIterator[asyncpg.Connection]:
        """Connect to the announcing service's database, or to the noting one's."""
        connection = await asyncpg.connect(self.reader_url if reader else self.writer_url)
        try:
            yield connection
        finally:
            await connection.close()

    async def values(self, query: str, *arguments: object, reader: bool = False) -> list[Any]:
        """Return the first column of a query."""
        async with self.connected(reader=reader) as connection:
            return [row[0] for row in await connection.fetch(query, *arguments)]

    async def until_values(
        self, expected: list[Any], query: str, *arguments: object, reader: bool = False
    ) -> None:
        """Wait until a query's first column is as expected."""

        async def as_expected() -> bool:
            return await self.values(query, *arguments, reader=reader) == expected

        await until(as_expected, REST_SECONDS)

    async def until_committed(self, count: int) -> None:
        """Wait until the writer has committed so many events more."""
        goal = len(self.writes.committed) + count

        async def is_there() -> bool:
            return len(self.writes.committed) >= goal

        await until(is_there, REST_SECONDS)

    async def until_noted(self, thing_id: UUID, *numbers: int) -> None:
        """Wait until the noting service noted exactly these numbers of a thing, in order."""
        query = "SELECT number FROM notes WHERE thing_id = $1 ORDER BY id"
        await self.until_values(list(numbers), query, thing_id, reader=True)

    async def until_published(self, count: int) -> None:
        """Wait until Kafka acknowledged so many events, and that was noted."""
        await self.until_values([count], "SELECT published_through FROM published")

    async def keep_tape(self) -> None:
        """Keep what lies on the topic now: a reader saw it, even if the broker loses it."""
        self.tape += await reading.delivered(self.kafka, self.topic)

    async def check_every_promise(
        self,
        *,
        poisoned: Collection[str] = (),
        unapplied: Collection[UUID] = (),
        never_sent: Collection[int] = (),
    ) -> None:
        """Wait for rest, then hold all that was recorded against the promises.

        `poisoned` are the reasons for which messages still wait, `unapplied` the events in them;
        `never_sent` are sequences that the test kept from the topic.
        """
        await self._until_at_rest(poisoned)
        async with self.connected() as writer, self.connected(reader=True) as reader:
            produced = await reading.producing(writer, self.kafka, self.topic)
            consumed = await reading.consuming(reader)
        self._check_producing(produced, never_sent)
        numbered = ThingNumbered.type_for(self.service)
        expected = [
            each
            for each in produced.log
            if each.type == numbered and each.event_id not in unapplied
        ]
        promises.each_event_was_applied_once(consumed, expected)
        promises.the_projection_is_the_fold(consumed, expected)
        promises.each_effect_was_announced_once(consumed)
        promises.only_the_poisoned_are_parked(consumed, poisoned)

    def _check_producing(self, produced: Producing, never_sent: Collection[int]) -> None:
        promises.the_log_is_whole(produced.log)
        promises.what_was_committed_is_logged(self.writes, produced.log)
        promises.subjects_keep_the_writers_order(self.writes, produced.log)
        promises.kafka_acknowledged_all(produced, never_sent)
        promises.the_topic_is_a_copy(produced)
        promises.first_occurrences_are_in_order([*self.tape, *produced.topic])

    async def _until_at_rest(self, poisoned: Collection[str]) -> None:
        left: object = "nothing was asked yet"

        async def is_at_rest() -> bool:
            nonlocal left
            async with self.connected() as writer, self.connected(reader=True) as reader:
                left = (
                    await reading.left_to_publish(writer)
                    or await reading.left_to_consume(reader, writer, self.topic)
                    or await reading.left_to_retry(reader, poisoned)
                )
            return not left

        try:
            await until(is_at_rest, REST_SECONDS)
        except AssertionError:
            raise AssertionError(f"does not come to rest: {left}") from None

    async def until_sent_again(self, count: int) -> None:
        """Wait until so many different events lie on the topic again."""

        async def is_there() -> bool:
            topic = await reading.delivered(self.kafka, self.topic)
            return len({each.event_id for each in topic}) == count

        await until(is_there, REST_SECONDS)


@asynccontextmanager
async def two_services(
    new_database: Callable[[str | None], str], bootstrap: str, folder: Path
) -> AsyncIterator[Counted]:
    """Two counting services on fresh databases and a topic that nobody else uses."""
    writer_url, reader_url = new_database(None), new_database(None)
    for url in (writer_url, reader_url):
        await asyncio.to_thread(migrate, named("counting").migrations, url)
    kafka = KafkaSettings(
        kafka_bootstrap_servers=bootstrap, kafka_partitions=PARTITIONS, kafka_replication_factor=1
    )
    counted = Counted(writer_url, reader_url, kafka, folder)
    try:
        yield counted
        for url in (writer_url, reader_url):
            await check_database(url)
    finally:
        await counted.close()


def thing_in(partition: int) -> UUID:
    """Return a new thing whose events go to a partition."""
    while partition_of(thing := new_id(), PARTITIONS) != partition:
        pass
    return thing
