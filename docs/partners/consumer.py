"""A short consumer: prints each event once, in order, and stops where it missed one.

    python docs/partners/consumer.py 127.0.0.1:8192 scoring.events places.json

It keeps its place in a file. A real one keeps it in the database that it changes, in the same
transaction, so that effects and place can never disagree.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import TypedDict

from aiokafka import AIOKafkaConsumer, ConsumerRecord


class Place(TypedDict):
    """Where we stand in one partition: the offset to read next, the last sequence applied."""

    next_offset: int
    last_sequence: int


class MissedEventError(Exception):
    """The record says that another came before it, and we have not seen that one."""


def apply(record: ConsumerRecord, place: Place) -> Place:
    """Do what the record asks for, unless it was done before; return where we stand then."""
    headers = {name: value.decode() for name, value in record.headers}
    after = Place(next_offset=record.offset + 1, last_sequence=place["last_sequence"])
    previous = int(headers["ce_previoussequence"])
    if "ce_sequence" not in headers:  # a watermark: nothing else came up to `previous`
        if previous > place["last_sequence"]:
            raise MissedEventError(f"sequence {previous} of partition {record.partition}")
        return after
    sequence = int(headers["ce_sequence"])
    if sequence <= place["last_sequence"]:  # it came again
        return after
    if previous != place["last_sequence"]:
        raise MissedEventError(f"sequence {previous} of partition {record.partition}")
    print(headers["ce_type"], headers["ce_subject"], json.loads(record.value))
    return Place(next_offset=record.offset + 1, last_sequence=sequence)


async def follow(kafka: str, topic: str, file: Path) -> None:
    """Read every partition of the topic from where the file says, for ever."""
    places: dict[str, Place] = json.loads(file.read_text()) if file.exists() else {}
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=kafka, auto_offset_reset="earliest")
    await consumer.start()
    for partition in consumer.assignment():  # all of them: no group shares them out
        start = places.setdefault(str(partition.partition), Place(next_offset=0, last_sequence=0))
        consumer.seek(partition, start["next_offset"])
    try:
        async for record in consumer:
            key = str(record.partition)
            places[key] = apply(record, places[key])
            file.write_text(json.dumps(places))
    finally:
        await consumer.stop()


if __name__ == "__main__":
    asyncio.run(follow(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
