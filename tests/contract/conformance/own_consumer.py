"""The services' own consumer, put to the test on a real database: its batches and its repair."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import text

from contract.conformance.running import Json, Outcome, RecordedFeed, value_of
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.errors import UnavailableError
from shared.events.scoring import AssessmentFinalized, ShareMade
from shared.messaging.consuming.batch import Batch
from shared.messaging.consuming.batch_transactions import BatchTransactions
from shared.messaging.consuming.feed_client import FeedClient
from shared.messaging.consuming.handlers import EventHandlers, Received
from shared.messaging.consuming.progress import Progress
from shared.messaging.consuming.repair import CannotMendError, ForeignRecordError, Repair
from shared.messaging.wire.envelope import KafkaRecord, service_of
from shared.messaging.wire.partition import Partition
from shared.testing.feeds import FixedIdentity

MOST_ROUNDS = 20
APPLIED = "CREATE TABLE applied (id bigint GENERATED ALWAYS AS IDENTITY, event_id uuid UNIQUE)"

_REASONS = {
    "no longer kept": "no-longer-held",
    "the feed itself is not in line": "not-in-the-log",
    "the log has that record": "not-in-the-log",
    "rebuild what came of it": "applied-beyond-the-fork",
}


async def _note(tx: Transaction, event: Received[Any]) -> None:
    await tx.execute(
        text("INSERT INTO applied (event_id) VALUES (:event_id)"), {"event_id": event.event_id}
    )


def _handlers() -> EventHandlers:
    handlers = EventHandlers()
    handlers.on(AssessmentFinalized, _note)
    handlers.on(ShareMade, _note)
    return handlers


class OwnConsumer:
    """One consumer of the recorded topic."""

    def __init__(self, case: Json, feed: RecordedFeed, database: Database) -> None:
        self._case, self._database, self._topic = case, database, str(case["topic"])
        client = FeedClient(
            {service_of(self._topic): "http://feed"}, FixedIdentity(), feed.transport
        )
        self._batches = BatchTransactions(database, "conformance", _handlers())
        self._repair = Repair(client, self._batches, self._batches.commit)

    async def begin(self) -> None:
        """Stand where the case begins; an offset that the topic does not have is its earliest."""
        for number, place in self._case["begins"].items():
            partition = Partition(self._topic, int(number))
            offsets = [r["offset"] for r in self._case["records"] if r["partition"] == int(number)]
            is_there = not offsets or offsets[0] <= place["next_offset"] <= offsets[-1] + 1
            begin = Progress(**place | ({} if is_there else {"next_offset": offsets[0]}))
            await self._batches.move(partition, await self._batches.position(partition), begin)

    async def take(self, partition: int, records: Sequence[Json]) -> str | None:
        """Apply records as the reading of a service does, mending the chain where it breaks."""
        where = Partition(self._topic, partition)
        taken = [self._record(record) for record in records]
        for _ in range(MOST_ROUNDS):
            stands = await self._batches.position(where)
            fresh = [record for record in taken if record.offset >= stands.next_offset]
            if not fresh:
                return None
            batch = await self._batches.commit(where, stands, fresh)
            if batch.broken is None:
                continue
            try:
                await self._repair.mend(where, batch.progress, batch.broken)
            except ForeignRecordError as foreign:
                await self._pass_over(where, batch, str(foreign))
            except UnavailableError:
                continue
            except CannotMendError as stopped:
                return next(_REASONS[words] for words in _REASONS if words in str(stopped))
        raise AssertionError("the partition does not go on and does not say so")

    async def _pass_over(self, where: Partition, batch: Batch, why: str) -> None:
        stands = await self._batches.position(where)
        assert batch.broken_at is not None
        await self._batches.set_aside(where, stands, batch.broken_at, why)

    def _record(self, record: Json) -> KafkaRecord:
        headers = tuple((name, value.encode()) for name, value in record["headers"].items())
        place = (record["partition"], record["offset"])
        return KafkaRecord(self._topic, *place, headers, value_of(record))

    async def outcome(self) -> Outcome:
        """Read the database; the partition of an event is its record's, or its feed's."""
        ids = text("SELECT event_id FROM applied ORDER BY id")
        async with self._database.engine.connect() as connection:
            applied = [str(each) for each in (await connection.execute(ids)).scalars()]
        places = {}
        for number in self._case["begins"]:
            stands = await self._batches.position(Partition(self._topic, int(number)))
            places[number] = asdict(stands)
        partitions = {each["id"]: each["partition"] for each in self._case["expected"]["applied"]}
        return Outcome([(partitions[each], each) for each in applied], places)
