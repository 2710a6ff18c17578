"""The partition of a subject is the one every Kafka client computes."""

from uuid import UUID, uuid4

import pytest
from aiokafka.partitioner import DefaultPartitioner
from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.wire.partitioning import murmur2, partition_of, partitions_of


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (b"21", -973932308),
        (b"foobar", -790332482),
        (b"a-little-bit-long-string", -985981536),
        (b"a-little-bit-longer-string", -1486304829),
        (b"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971),
        (b"abc", 479470107),
    ],
)
def test_the_hash_is_the_one_of_the_java_client(key: bytes, expected: int) -> None:
    assert murmur2(key) == expected & 0xFFFFFFFF


@given(subject_id=st.uuids(), count=st.integers(1, 64))
def test_the_partition_is_the_one_of_the_python_client(subject_id: UUID, count: int) -> None:
    theirs = DefaultPartitioner()(str(subject_id).encode(), list(range(count)), [])

    assert partition_of(subject_id, count) == theirs


@given(data=st.binary(max_size=40))
def test_any_bytes_have_a_hash_of_32_bits(data: bytes) -> None:
    assert 0 <= murmur2(data) < 2**32


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 300])
def test_many_side_by_side_go_where_each_goes_by_itself(count: int) -> None:
    subjects = [uuid4() for _ in range(count)]

    assert partitions_of(subjects, 6) == [partition_of(each, 6) for each in subjects]
