"""An answer of others is read up to its bound, packed or not, and no further."""

import gzip
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest

from shared.bounded_answers import MOST_BYTES, BoundedClient, UnreadableAnswerError

MOST = b" " * MOST_BYTES
CUT_OFF = gzip.compress(b'{"a": 1}')[:-4]


async def asked(content: bytes | AsyncIterator[bytes], **headers: str) -> httpx.Response:
    """What a client makes of an answer."""

    def answer(_: httpx.Request) -> httpx.Response:
        stream = _Parts(content if not isinstance(content, bytes) else _in_parts(content))
        return httpx.Response(200, stream=stream, headers=headers)

    async with BoundedClient(transport=httpx.MockTransport(answer)) as client:
        return await client.get("http://others")


class _Parts(httpx.AsyncByteStream):
    def __init__(self, parts: AsyncIterator[bytes]) -> None:
        self._parts = parts

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._parts


async def _in_parts(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 65_536):
        yield content[start : start + 65_536]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (MOST, "identity"),
        (gzip.compress(MOST), "gzip"),
        (gzip.compress(MOST), " GZIP "),
        (zlib.compress(MOST), "deflate"),
        (b"", "gzip"),
    ],
    ids=["plain", "gzip", "GZIP", "deflate", "nothing"],
)
async def test_an_answer_within_the_bound_is_read_whole(content: bytes, encoding: str) -> None:
    answer = await asked(content, **{"Content-Encoding": encoding, "Retry-After": "5"})

    assert answer.content == (MOST if content else b"")
    assert answer.headers["retry-after"] == "5"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (MOST + b" ", "identity"),
        (gzip.compress(MOST + b" "), "gzip"),
        (zlib.compress(MOST + b" "), "deflate"),
        (b"{}", "br"),
        (gzip.compress(gzip.compress(b"{}")), "gzip, gzip"),
        (b"{}", "gzip"),
        (CUT_OFF, "gzip"),
    ],
    ids=["plain", "gzip", "deflate", "br", "twice", "not packed", "cut off"],
)
async def test_an_answer_beyond_it_or_packed_otherwise_is_none(
    content: bytes, encoding: str
) -> None:
    with pytest.raises(UnreadableAnswerError):
        await asked(content, **{"Content-Encoding": encoding})


async def test_an_answer_without_end_is_left_at_the_bound() -> None:
    sent = 0

    async def without_end() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 65_536
            yield b" " * 65_536

    with pytest.raises(UnreadableAnswerError):
        await asked(without_end())

    assert sent == 1_048_576
