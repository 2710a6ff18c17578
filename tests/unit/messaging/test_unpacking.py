"""A batch that would unpack to gigabytes is one that cannot be decoded."""

import pytest
from aiokafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder
from aiokafka.record.memory_records import MemoryRecords

from shared.messaging.kafka import subscriber, topics
from shared.messaging.kafka.undecodable import is_undecodable

CODECS = {
    "gzip": DefaultRecordBatch.CODEC_GZIP,
    "snappy": DefaultRecordBatch.CODEC_SNAPPY,
    "lz4": DefaultRecordBatch.CODEC_LZ4,
    "zstd": DefaultRecordBatch.CODEC_ZSTD,
}
READERS = (subscriber, topics)
"""Whoever reads with the library reads bounded: importing one of them is enough."""


def packed(codec: int, value: bytes) -> bytes:
    """Make a batch of one record, as a producer with a codec of its own would."""
    builder = DefaultRecordBatchBuilder(2, codec, 0, -1, -1, -1, 100_000_000)
    builder.append(0, timestamp=0, key=None, value=value, headers=[])
    return bytes(builder.build())


def read(batch: bytes) -> list[bytes | None]:
    """Read a batch as the library does."""
    records = MemoryRecords(batch).next_batch()
    assert records is not None
    return [record.value for record in records]


@pytest.mark.parametrize("codec", CODECS.values(), ids=CODECS)
def test_a_batch_is_unpacked(codec: int) -> None:
    assert read(packed(codec, b"x" * 900_000)) == [b"x" * 900_000]


@pytest.mark.parametrize("name", ["gzip", "lz4", "zstd"])
def test_a_batch_that_unpacks_beyond_the_bound_is_refused(name: str) -> None:
    with pytest.raises(Exception, match=r"unpacks|whole buffer") as refused:
        read(packed(CODECS[name], bytes(20_000_000)))

    assert is_undecodable(refused.value)
