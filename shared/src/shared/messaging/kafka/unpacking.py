"""Compressed batches unpack within a bound: a megabyte of zeros well packed is gigabytes.

The client library unpacks whatever a producer has sent, whole and at once; one such batch would end
every process that reads its topic, again and again. It has no setting for that, so its functions
are replaced where it reads batches; a batch beyond the bound is one that cannot be decoded. Snappy
needs none: it packs no more than some twenty to one.
"""

import gzip
import io

import cramjam
from aiokafka.record import default_records, legacy_records
from aiokafka.util import NO_EXTENSIONS

MOST_BYTES = 16_777_216
"""Sixteen times what a broker takes as a batch unless it is told otherwise."""


class UnpacksTooLargeError(Exception):
    """A batch unpacks to more than any honest one."""


def _gzip(packed: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as unpacking:
        unpacked = unpacking.read(MOST_BYTES + 1)
    if len(unpacked) > MOST_BYTES:
        raise UnpacksTooLargeError(f"a batch unpacks to more than {MOST_BYTES} bytes")
    return unpacked


def _lz4(packed: bytes) -> bytes:
    """Raises what cramjam raises where the bound is reached."""
    unpacked = bytearray(MOST_BYTES)
    return bytes(memoryview(unpacked)[: cramjam.lz4.decompress_into(packed, unpacked)])


def _zstd(packed: bytes) -> bytes:
    unpacked = bytearray(MOST_BYTES)
    return bytes(memoryview(unpacked)[: cramjam.zstd.decompress_into(packed, unpacked)])


def bound_unpacking() -> None:
    """Replace the library's unpacking in this process: more than MOST_BYTES is an error."""
    modules = [default_records, legacy_records]
    if not NO_EXTENSIONS:
        from aiokafka.record._crecords import default_records as fast  # noqa: PLC0415 - where built
        from aiokafka.record._crecords import legacy_records as old  # noqa: PLC0415 - the same

        modules += [fast, old]
    for module in modules:
        for name, unpack in (("gzip", _gzip), ("lz4", _lz4), ("zstd", _zstd)):
            if hasattr(module, f"{name}_decode"):
                setattr(module, f"{name}_decode", unpack)
