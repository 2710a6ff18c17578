"""A worked consumer: brings every event of a topic into a SQLite file, once and in order.

    python docs/partners/consumer.py --kafka 127.0.0.1:8192 --topic scoring.events \
        --feed http://127.0.0.1:8103 --token-file .local/tokens/partner --state places.sqlite

What comes of events and the place reached share ONE transaction: it may be killed at any moment.
With --rebuild it undoes what it applied and the log does not have, or no longer; else it stops.
What is on the topic and not in the log, or cannot be read, it passes over.
"""

import argparse
import asyncio
import json
import sqlite3
import time
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from aiokafka import AIOKafkaConsumer, ConsumerRecord, errors

Event = dict[str, Any]  # a CloudEvent as the feed gives it: its attributes, and `data`
TABLES = """CREATE TABLE IF NOT EXISTS places (partition UNIQUE, epoch, next_offset, last_sequence);
    CREATE TABLE IF NOT EXISTS events (number INTEGER PRIMARY KEY, id UNIQUE, partition, event)"""
OURS = """SELECT id, json_extract(event, '$.previoussequence') FROM events
    WHERE partition = ? AND json_extract(event, '$.sequence') = ?"""
UNDO = "DELETE FROM events WHERE partition = ? AND json_extract(event, '$.sequence') > ?"
ASKED_IN_VAIN = 3  # so often; then the record that made us ask is of no log
VERIFY_SECONDS = 60
IDENTITY = ("id", "sequence", "previoussequence")
UNREADABLE = (ValueError, errors.CorruptRecordException, errors.UnsupportedCodecError)


class Place(NamedTuple):
    """Where we stand in one partition."""

    epoch: int
    next_offset: int
    last_sequence: int


def read(record: ConsumerRecord) -> Event | None:
    """Read a record as the event it is; None when it is none, whoever put it there."""
    try:
        event: Event = {name.removeprefix("ce_"): text.decode() for name, text in record.headers}
        event |= {name: int(event[name]) for name in ("logepoch", "previoussequence")}
        event |= {"id": event["id"], "sequence": int(event.get("sequence", 0))}
        return event | {"data": json.loads(record.value)}
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
        print(f"no event: offset {record.offset} of partition {record.partition}")
        return None


def standing(event: Event, place: Place) -> str:
    """Say what an event is to one who stands there; a watermark, of sequence 0, is never next."""
    reached, previous = (place.epoch, place.last_sequence), event["previoussequence"]
    if (event["logepoch"], max(event["sequence"], previous)) <= reached:
        return "old"
    return "next" if (event["logepoch"], previous) == reached else "ahead"


class Consumer:
    """Takes the records of each partition in their order."""

    def __init__(
        self, state: str, feed: httpx.AsyncClient, token_file: str, *, rebuild: bool = False
    ) -> None:
        self.database, self.feed, self.token_file = sqlite3.connect(state), feed, Path(token_file)
        self.rebuild, self.verified_at = rebuild, 0.0
        self.database.executescript(TABLES)

    async def place(self, partition: int) -> Place:
        """Where to read on; a newcomer begins before the first event of the present epoch."""
        found = self.database.execute("SELECT * FROM places WHERE partition = ?", [partition])
        row = found.fetchone() or (partition, (await self.ask(limit=1))["epoch"], 0, 0)
        return Place(*row[1:])

    def apply(self, partition: int, place: Place, event: Event | None) -> Place:
        """Do what the next event asks for and note the place. What YOU make of it goes here."""
        if event and standing(event, place) == "next":
            row = (event["id"], partition, json.dumps(event))
            self.database.execute("INSERT INTO events VALUES (NULL, ?, ?, ?)", row)
            place = place._replace(last_sequence=event["sequence"])
        self.database.execute("REPLACE INTO places VALUES (?, ?, ?, ?)", (partition, *place))
        return place

    def undo(self, partition: int, place: Place, through: int, why: str) -> Place:
        """Undo what was made of events after a sequence, if we are to. YOURS goes here too."""
        if not self.rebuild:
            raise SystemExit(f"stopped: {why}; we stand at {place}. --rebuild undoes it")
        print(f"partition {partition}: what came after {through} is undone: {why}")
        self.database.execute(UNDO, (partition, through))
        return self.apply(partition, place._replace(last_sequence=through), None)

    async def take(self, partition: int, records: list[ConsumerRecord]) -> None:
        """Apply some records and commit; what is missing before one is read from the feed."""
        place = await self.place(partition)
        for record in records:
            event = read(record)
            if event and (event["logepoch"], standing(event, place)) == (place.epoch, "old"):
                ours = self.database.execute(OURS, (partition, event["sequence"])).fetchone()
                if ours and ours[0] != event["id"]:  # no log gives a sequence twice
                    self.database.commit()
                    if await self.is_logged(partition, event):
                        why = f"the log has another event at {event['sequence']}"
                        place = self.undo(partition, place, event["previoussequence"], why)
                    else:
                        print(f"foreign: offset {record.offset} of partition {partition}")
            while event and standing(event, place) == "ahead":
                self.database.commit()
                place, is_of_the_log = await self.mend(partition, place, event)
                if not is_of_the_log:
                    print(f"foreign: offset {record.offset} of partition {partition}")
                    event = None
            place = self.apply(partition, place._replace(next_offset=record.offset + 1), event)
        self.database.commit()

    async def mend(self, partition: int, place: Place, ahead: Event) -> tuple[Place, bool]:
        """Apply from the feed what comes before an event, or adopt the epoch that has begun.

        Also says whether the event is one of the log's; one that no log wrote is passed over.
        """
        reached, in_vain = place.last_sequence, 0
        while standing(ahead, place) == "ahead":
            if (place.epoch, reached) >= (ahead["logepoch"], ahead["previoussequence"]):
                if await self.is_logged(partition, ahead):
                    why = f"nothing in the log leads from what we applied to {ahead['id']}"
                    place = self.undo(partition, place, ahead["previoussequence"], why)
                    continue
                return place, False
            print(f"partition {partition}: asks the feed for what follows {place.epoch}:{reached}")
            page = await self.ask(after=f"{place.epoch}:{reached}", partition=partition, wait=3)
            if "began_after" in page:
                return self.adopt(partition, place, page), True
            place, before = self.fill(partition, place, page), reached
            reached = int(page["next"].split(":")[1])
            in_vain = 0 if reached > before else in_vain + 1
            if in_vain == ASKED_IN_VAIN:
                return place, False
        return place, True

    def fill(self, partition: int, place: Place, page: dict[str, Any]) -> Place:
        """Apply a page of the feed and commit."""
        if "ends_at" in page:
            raise SystemExit(f"stopped: {page['detail']}")
        for event in page["items"]:
            if standing(event, place) == "ahead":
                raise SystemExit("stopped: nothing in the log leads on, the feed has a gap")
            place = self.apply(partition, place, event)
        self.database.commit()
        return place

    def adopt(self, partition: int, place: Place, ended: dict[str, Any]) -> Place:
        """Go over into the epoch that has begun; what we applied beyond the fork counts no more."""
        if place.last_sequence > ended["began_after"]:
            place = self.undo(partition, place, ended["tails"][partition], ended["detail"])
        return place._replace(epoch=ended["epoch"])

    async def is_logged(self, partition: int, event: Event) -> bool:
        """Look an event up in the log: by its id, its sequence and the one before it."""
        if not event["sequence"]:
            return False
        after = f"{event['logepoch']}:{event['sequence'] - 1}"
        page = await self.ask(after=after, partition=partition, limit=1)
        found = [[each[name] for name in IDENTITY] for each in page.get("items", [])[:1]]
        return found == [[event[name] for name in IDENTITY]]

    async def verify(self, partition: int) -> None:
        """See that the log has what we applied last: a record that no log wrote may have fitted."""
        place = await self.place(partition)
        ours = self.database.execute(OURS, (partition, place.last_sequence)).fetchone()
        event = dict(zip(IDENTITY, (ours[0], place[2], ours[1]), strict=True)) if ours else {}
        if ours and not await self.is_logged(partition, event | {"logepoch": place.epoch}):
            why = f"the log has no event {ours[0]} at {place.last_sequence}"
            self.undo(partition, place, ours[1], why)
            self.database.commit()

    async def ask(self, **query: str | int) -> dict[str, Any]:
        """Ask the feed until it answers; stops where asking again is of no use."""
        while True:
            token = self.token_file.read_text().strip()  # every time: tokens are renewed
            headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
            try:
                answer = await self.feed.get("/v1/events", params=query, headers=headers)
                body: dict[str, Any] = answer.json()
                if answer.is_success or "began_after" in body or "ends_at" in body:
                    return body
                if answer.status_code in {403, 409, 410, 422}:
                    raise SystemExit(f"stopped: {body['detail']}")
                answer.raise_for_status()
            except (httpx.HTTPError, ValueError) as error:
                print(f"the feed is away: {error!r}")
            await asyncio.sleep(1)

    async def fetch(self, reader: AIOKafkaConsumer) -> dict[Any, list[ConsumerRecord]]:
        """Return what has come; what the client library cannot read is passed over, and said."""
        try:
            return dict(await reader.getmany(timeout_ms=30_000))  # watermarks: every 10 s
        except UNREADABLE as error:  # what was fetched with it is lost: read from our places
            print(f"something cannot be read: {error!r}")
        for each in reader.assignment():
            while True:
                place = await self.place(each.partition)
                reader.seek(each, place.next_offset)
                try:
                    fetched = await reader.getmany(each, timeout_ms=1_000, max_records=1)
                except UNREADABLE:
                    print(f"passed over: offset {place.next_offset} of partition {each.partition}")
                    self.apply(each.partition, place._replace(next_offset=place[1] + 1), None)
                    self.database.commit()
                    continue
                if not fetched:
                    break
                await self.take(each.partition, fetched[each])
        return await self.fetch(reader)

    async def follow(self, topic: str, kafka: str) -> None:
        """Read every partition from its place, until Kafka is unavailable or silent."""
        reader = AIOKafkaConsumer(topic, bootstrap_servers=kafka, auto_offset_reset="earliest")
        try:
            await reader.start()
            for each in reader.assignment():  # all of them: no group shares them out
                reader.seek(each, (await self.place(each.partition)).next_offset)
            while fetched := await self.fetch(reader):
                for each, records in fetched.items():
                    await self.take(each.partition, records)
                if time.monotonic() > self.verified_at + VERIFY_SECONDS:
                    for each in reader.assignment():
                        await self.verify(each.partition)
                    self.verified_at = time.monotonic()
            raise errors.KafkaTimeoutError("30 s without even a watermark")
        except errors.KafkaError as error:
            print(f"Kafka is unavailable: {error!r}")
        finally:  # waited for and not awaited: without its broker it hangs, or is cancelled within
            await asyncio.wait([asyncio.ensure_future(reader.stop())], timeout=10)


async def main(
    kafka: str, topic: str, feed: str, token_file: str, state: str, *, rebuild: bool
) -> None:
    """Follow the topic for ever."""
    http = httpx.AsyncClient(base_url=feed)
    consumer = Consumer(state, http, token_file, rebuild=rebuild)
    while True:
        await consumer.follow(topic, kafka)
        await asyncio.sleep(1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("kafka", "topic", "feed", "token-file", "state"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--rebuild", action="store_true")
    asyncio.run(main(**vars(parser.parse_args())))
