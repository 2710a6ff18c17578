"""Which partition an event belongs to: what every Kafka client computes from the same key.

The key is the subject's id as lower-case text. Java's default partitioner hashes it with
murmur2, drops the sign bit and takes the remainder; partners who produce or look up by key agree.
"""

import struct
from uuid import UUID

_SEED = 0x9747B28C
_MULTIPLIER = 0x5BD1E995
_MASK = 0xFFFFFFFF


def partition_of(subject_id: UUID, partition_count: int) -> int:
    """Return the partition of a subject's events, counted from 0."""
    return (murmur2(subject_key(subject_id)) & 0x7FFFFFFF) % partition_count


def subject_key(subject_id: UUID) -> bytes:
    """Return the Kafka key of a subject's events."""
    return str(subject_id).encode()


def murmur2(data: bytes) -> int:
    """Return Kafka's murmur2 of the bytes, unsigned, 32 bits."""
    length = len(data)
    words = length // 4
    state = _SEED ^ length
    for word in struct.unpack_from(f"<{words}I", data):
        mixed = word * _MULTIPLIER & _MASK
        mixed = (mixed ^ mixed >> 24) * _MULTIPLIER & _MASK
        state = (state * _MULTIPLIER & _MASK) ^ mixed
    if tail := data[words * 4 :]:
        state = (state ^ int.from_bytes(tail, "little")) * _MULTIPLIER & _MASK
    state = (state ^ state >> 13) * _MULTIPLIER & _MASK
    return state ^ state >> 15
