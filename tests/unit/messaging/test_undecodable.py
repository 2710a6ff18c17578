"""Finding, by offsets alone, what the client library cannot decode."""

from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import TopicPartition, errors

from shared.messaging.kafka.undecodable import Undecodable, is_undecodable, read_one_by_one

PLACE = TopicPartition("scoring.events", 3)


class Topic:
    """A client of a partition that holds offsets 0 to 1999; some cannot be read."""

    def __init__(self, *unreadable: range, raises: Exception | None = None) -> None:
        self._unreadable = {offset for each in unreadable for offset in each}
        self._raises = raises or errors.CorruptRecordException("Invalid CRC")
        self.at = 0
        self.asked = 0

    def seek(self, place: TopicPartition, offset: int) -> None:
        """Read on from an offset."""
        assert place == PLACE
        self.at = offset

    async def getmany(self, place: TopicPartition, **how: int) -> dict[TopicPartition, list[Any]]:
        """Return the next record, or raise."""
        assert how["max_records"] == 1
        self.asked += 1
        if self.at in self._unreadable:
            raise self._raises
        self.at += 1
        return {place: [SimpleNamespace(offset=self.at - 1)]}


async def read(topic: Topic, at: int, limit: int = 100) -> tuple[list[int], Undecodable | None]:
    """Read on from an offset; return offsets instead of records."""
    records, undecodable = await read_one_by_one(topic, PLACE, at, 2_000, limit)
    return [record.offset for record in records], undecodable


async def test_what_is_before_it_is_read_first_and_where_it_ends_is_found() -> None:
    topic = Topic(range(3, 4))

    found = await read(topic, 0)

    assert found == ([0, 1, 2], Undecodable(3, 4, "CorruptRecordException"))
    assert topic.at == 4


async def test_the_end_of_a_long_batch_is_found_in_few_steps() -> None:
    topic = Topic(range(10, 1_010))

    found = await read(topic, 10)

    assert found == ([], Undecodable(10, 1_010, "CorruptRecordException"))
    assert topic.asked <= 20


async def test_what_cannot_be_read_up_to_the_end_is_passed_over_whole() -> None:
    found = await read(Topic(range(1_500, 2_000)), 1_499)

    assert found == ([1_499], Undecodable(1_500, 2_000, "CorruptRecordException"))


async def test_no_more_is_read_than_was_asked_for() -> None:
    topic = Topic(range(8, 9))

    assert await read(topic, 0, limit=5) == ([0, 1, 2, 3, 4], None)


async def test_that_kafka_is_away_passes_over_nothing() -> None:
    topic = Topic(range(5), raises=errors.KafkaConnectionError("gone"))

    with pytest.raises(errors.KafkaConnectionError):
        await read(topic, 0)


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        (errors.CorruptRecordException(), True),
        (errors.UnsupportedCodecError(), True),
        (UnicodeDecodeError("utf-8", b"", 0, 1, ""), True),
        (EOFError(), True),
        (errors.KafkaConnectionError(), False),
        (errors.OffsetOutOfRangeError(), False),
        (errors.TopicAuthorizationFailedError(), False),
        (errors.ConsumerStoppedError(), False),
        (TimeoutError(), False),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
def test_only_what_was_fetched_is_at_fault(error: Exception, *, is_one: bool) -> None:
    assert is_undecodable(error) is is_one


def test_offsets_are_told_as_a_person_counts_them() -> None:
    assert str(Undecodable(7, 8, "E")) == "offset 7 cannot be decoded: E"
    assert str(Undecodable(7, 10, "E")) == "offsets 7 to 9 cannot be decoded: E"
