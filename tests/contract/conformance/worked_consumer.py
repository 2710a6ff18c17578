"""The consumer that partners are shown, put to the test; it may be restarted between batches."""

import sqlite3
from collections.abc import Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import httpx
from aiokafka import ConsumerRecord

from architecture.source_tree import ROOT
from contract.conformance.running import Json, Outcome, RecordedFeed, value_of

_REASONS = {
    "no longer kept": "no-longer-held",
    "undo what you made": "applied-beyond-the-fork",
    "nothing in the log leads": "not-in-the-log",
}


def loaded() -> ModuleType:
    """Load the consumer as the script it is."""
    spec = spec_from_file_location("partner_consumer", ROOT / "docs/partners/consumer.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_record(record: Json) -> ConsumerRecord:
    """Return a recorded record as the Kafka client gives it."""
    headers = [(name, text.encode()) for name, text in record["headers"].items()]
    key, value = record["key"] and record["key"].encode(), value_of(record)
    place = (record["partition"], record["offset"])
    return ConsumerRecord("scoring.events", *place, 0, 0, key, value, None, 0, 0, headers)


class WorkedConsumer:
    """A state file in a folder, and a consumer that begins anew from it with each batch."""

    def __init__(self, case: Json, feed: RecordedFeed, folder: Path) -> None:
        self._module, self._feed = loaded(), feed
        self._state, self._token = folder / "places.sqlite", folder / "token"
        self._token.write_text("a token")
        with sqlite3.connect(self._state) as database:
            database.executescript(self._module.TABLES)
            for number, place in case["begins"].items():
                row = (int(number), *place.values())
                database.execute("INSERT INTO places VALUES (?, ?, ?, ?)", row)
        database.close()

    async def take(self, partition: int, records: Sequence[Json]) -> str | None:
        """Take some records with a consumer that has just been started."""
        transport = self._feed.transport
        async with httpx.AsyncClient(base_url="http://feed", transport=transport) as http:
            consumer = self._module.Consumer(str(self._state), http, str(self._token))
            try:
                await consumer.take(partition, [as_record(record) for record in records])
            except SystemExit as stopped:
                return next(_REASONS[words] for words in _REASONS if words in str(stopped))
            finally:
                consumer.database.close()
        return None

    async def outcome(self) -> Outcome:
        """Read the state file."""
        database = sqlite3.connect(self._state)
        applied = database.execute("SELECT partition, id FROM events ORDER BY number").fetchall()
        rows = database.execute("SELECT * FROM places").fetchall()
        database.close()
        names = ("epoch", "next_offset", "last_sequence")
        places = {str(number): dict(zip(names, place, strict=True)) for number, *place in rows}
        return Outcome(applied, places)
