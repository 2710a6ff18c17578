"""A worked consumer: brings every event of a topic into a SQLite file, once and in order.

    python docs/partners/consumer.py --kafka 127.0.0.1:8192 --topic scoring.events \
        --feed http://127.0.0.1:8103 --token-file .local/tokens/partner --state places.sqlite

What comes of events and the place reached share ONE transaction: it may be killed at any moment.
"""

import argparse
import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from aiokafka import AIOKafkaConsumer, ConsumerRecord, errors

Event = dict[str, Any]  # a CloudEvent as the feed gives it: its attributes, and `data`
TABLES = """CREATE TABLE IF NOT EXISTS places (partition UNIQUE, epoch, next_offset, last_sequence);
    CREATE TABLE IF NOT EXISTS events (number INTEGER PRIMARY KEY, id UNIQUE, partition, event)"""


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
    except (KeyError, ValueError, TypeError, AttributeError):
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

    def __init__(self, state: str, feed: httpx.AsyncClient, token_file: str) -> None:
        self.database, self.feed, self.token_file = sqlite3.connect(state), feed, Path(token_file)
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

    async def take(self, partition: int, records: list[ConsumerRecord]) -> None:
        """Apply some records and commit; what is missing before one is read from the feed."""
        place = await self.place(partition)
        for record in records:
            event = read(record)
            while event and standing(event, place) == "ahead":
                self.database.commit()
                place = await self.mend(partition, place, event)
            place = self.apply(partition, place._replace(next_offset=record.offset + 1), event)
        self.database.commit()

    async def mend(self, partition: int, place: Place, ahead: Event) -> Place:
        """Apply from the feed what comes before an event, or adopt the epoch that has begun."""
        reached = place.last_sequence
        while standing(ahead, place) == "ahead":
            if (place.epoch, reached) >= (ahead["logepoch"], ahead["previoussequence"]):
                raise SystemExit(f"stopped: nothing in the log leads from {place} to {ahead['id']}")
            print(f"partition {partition}: asks the feed for what follows {place.epoch}:{reached}")
            page = await self.ask(after=f"{place.epoch}:{reached}", partition=partition, wait=3)
            if "began_after" in page:  # our epoch has ended: does all that we applied still count?
                if place.last_sequence > page["began_after"]:
                    raise SystemExit(f"stopped: {page['detail']}; we stand at {place}")
                return place._replace(epoch=page["epoch"])
            for event in page["items"]:
                place = self.apply(partition, place, event)
            self.database.commit()
            reached = int(page["next"].split(":")[1])
        return place

    async def ask(self, **query: str | int) -> dict[str, Any]:
        """Ask the feed until it answers; stops where asking again is of no use."""
        while True:
            token = self.token_file.read_text().strip()  # every time: tokens are renewed
            headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
            try:
                answer = await self.feed.get("/v1/events", params=query, headers=headers)
                body: dict[str, Any] = answer.json()
                if answer.is_success or "began_after" in body:
                    return body
                if answer.status_code in {403, 409, 410, 422}:
                    raise SystemExit(f"stopped: {body['detail']}")
                answer.raise_for_status()
            except (httpx.HTTPError, ValueError) as error:
                print(f"the feed is away: {error!r}")
            await asyncio.sleep(1)

    async def follow(self, topic: str, kafka: str) -> None:
        """Read every partition from its place, until Kafka is away or silent."""
        reader = AIOKafkaConsumer(topic, bootstrap_servers=kafka, auto_offset_reset="earliest")
        try:
            await reader.start()
            for each in reader.assignment():  # all of them: no group shares them out
                reader.seek(each, (await self.place(each.partition)).next_offset)
            while fetched := await reader.getmany(timeout_ms=30_000):  # watermarks: every 10 s
                for each, records in fetched.items():
                    await self.take(each.partition, records)
            raise errors.KafkaTimeoutError("30 s without even a watermark")
        except errors.KafkaError as error:
            print(f"Kafka is away: {error!r}")
        finally:
            await reader.stop()


async def main(kafka: str, topic: str, feed: str, token_file: str, state: str) -> None:
    """Follow the topic for ever."""
    consumer = Consumer(state, httpx.AsyncClient(base_url=feed), token_file)
    while True:
        await consumer.follow(topic, kafka)
        await asyncio.sleep(1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("kafka", "topic", "feed", "token-file", "state"):
        parser.add_argument(f"--{name}", required=True)
    asyncio.run(main(**vars(parser.parse_args())))
