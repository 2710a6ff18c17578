"""An HTTP client for other services that limits the size of answers, also after unpacking.

A server may send without end, or 390 KB that unpack to 400 MB, which would exhaust the process's
memory. So the size is counted while reading, and unpacking stops at the limit.
"""

import zlib
from typing import Any

import httpx

MOST_BYTES = 1_000_000
"""The longest answer in use, a page of ids or a filled-in form's parts, has some 20 KB."""
UNPACKED = frozenset({"", "identity"})
PACKED = frozenset({"gzip", "x-gzip", "deflate"})
GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
OF_THE_WAY = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class UnreadableAnswerError(httpx.DecodingError):
    """The answer is too large, or compressed in a way that was not requested."""


class BoundedClient(httpx.AsyncClient):
    """An `httpx.AsyncClient` that reads every answer whole, up to `most_bytes`, and closes it.

    Raises UnreadableAnswerError for a larger answer.
    """

    most_bytes = MOST_BYTES

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - passed on to httpx as they come
        super().__init__(**options)
        self.headers["Accept-Encoding"] = "gzip, deflate"

    async def send(self, request: httpx.Request, **how: Any) -> httpx.Response:  # noqa: ANN401 - the same
        """Send a request and read its answer."""
        answer = await super().send(request, **how | {"stream": True})
        try:
            content = _unpacked(await _read(answer, self.most_bytes), answer, self.most_bytes)
        finally:
            await answer.aclose()
        kept = [each for each in answer.headers.multi_items() if each[0] not in OF_THE_WAY]
        return httpx.Response(
            answer.status_code, headers=kept, content=content, request=answer.request
        )


async def _read(answer: httpx.Response, most_bytes: int) -> bytes:
    if not isinstance(answer.stream, httpx.AsyncByteStream):
        raise TypeError("an asynchronous client requires asynchronous answers")
    packed = bytearray()
    async for part in answer.stream:
        packed += part
        if len(packed) > most_bytes:
            raise UnreadableAnswerError(f"the answer is larger than {most_bytes} bytes")
    return bytes(packed)


def _unpacked(packed: bytes, answer: httpx.Response, most_bytes: int) -> bytes:
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    if encoding in UNPACKED or not packed:
        return packed
    if encoding not in PACKED:
        raise UnreadableAnswerError("the answer is compressed in a way that was not requested")
    unpacking = zlib.decompressobj(GZIP_OR_ZLIB)
    try:
        content = unpacking.decompress(packed, most_bytes + 1)
    except zlib.error:
        raise UnreadableAnswerError("the answer cannot be decompressed") from None
    if len(content) > most_bytes:
        raise UnreadableAnswerError(f"the answer decompresses to more than {most_bytes} bytes")
    if not unpacking.eof:
        raise UnreadableAnswerError("the compressed answer is cut off")
    return content
