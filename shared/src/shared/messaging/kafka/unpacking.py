"""Limits the decompressed size of a batch: a megabyte of compressed zeros may be gigabytes.

The client library decompresses each batch whole, so one malicious batch would repeatedly end every
process that reads its topic. The library has no setting for this, so its decompression functions
are replaced; a batch over the limit counts as undecodable. Snappy needs no limit, because it
compresses at most about twenty to one.
"""

import gzip
import io

import cramjam
from aiokafka.record import default_records, legacy_records
from aiokafka.util import NO_EXTENSIONS

MOST_BYTES = 16_777_216
"""Sixteen times a broker's default limit for a batch."""


class UnpacksTooLargeError(Exception):
    """A batch decompresses to more than any legitimate batch."""


def _gzip(packed: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as unpacking:
        unpacked = unpacking.read(MOST_BYTES + 1)
    if len(unpacked) > MOST_BYTES:
        raise UnpacksTooLargeError(f"a batch unpacks to more than {MOST_BYTES} bytes")
    return unpacked


def _lz4(packed: bytes) -> bytes:
    """Raises the same error as cramjam at the limit."""
    unpacked = bytearray(MOST_BYTES)
    return bytes(memoryview(unpacked)[: cramjam.lz4.decompress_into(packed, unpacked)])


def _zstd(packed: bytes) -> bytes:
    unpacked = bytearray(MOST_BYTES)
    return bytes(memoryview(unpacked)[: cramjam.zstd.decompress_into(packed, unpacked)])


def bound_unpacking() -> None:
    """Replace the library's decompression in this process: more than MOST_BYTES is an error."""
    modules = [default_records, legacy_records]
    if not NO_EXTENSIONS:
        from aiokafka.record._crecords import default_records as fast  # noqa: PLC0415 - where built
        from aiokafka.record._crecords import legacy_records as old  # noqa: PLC0415 - the same

        modules += [fast, old]
    for module in modules:
        for name, unpack in (("gzip", _gzip), ("lz4", _lz4), ("zstd", _zstd)):
            if hasattr(module, f"{name}_decode"):
                setattr(module, f"{name}_decode", unpack)
