"""Store of document contents, by SHA-256, in a folder or an S3-compatible store.

Content is hashed while it is uploaded, and stored only if it has the announced hash. Until then it
is not visible: a folder renames a finished file, S3 shows a finished upload. A crash in between
leaves nothing that can be read as a document.
"""

import hashlib
import re
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore

from certification.partners.document_store_clients import open_client
from certification.partners.document_store_metrics import StoreFailure, tell
from certification.partners.document_store_place import StorePlace
from shared.errors import (
    WHOLE,
    Fault,
    InvalidInputError,
    NotFoundError,
    TooLargeError,
    UnavailableError,
)
from shared.process.logging import logger

LOG = logger(__name__)
PIECE_BYTES = 1 << 20
HELD_BYTES = 8 << 20
"""Bytes held in memory before anything is sent; smaller documents are sent in one PUT."""
PIECES_UNDER_WAY = 2
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class DamagedDocumentError(Exception):
    """The store returned other content than was stored; no download may complete with it."""


@dataclass(frozen=True)
class StoredDocument:
    """The size of a document, and its content as a stream."""

    size_bytes: int
    chunks: AsyncIterator[bytes]
    """Raises DamagedDocumentError instead of returning the last piece of altered content."""


class DocumentStore:
    """Stores and returns documents by hash; connects on first use."""

    def __init__(self, place: StorePlace) -> None:
        self._place = place
        self._opened: ObjectStore | None = None

    async def put(self, chunks: AsyncIterable[bytes], sha256: str, limit_bytes: int) -> int:
        """Store content under its hash and return its size; the same content again is fine.

        Raises InvalidInputError `other-hash` or `empty-document`, or TooLargeError
        `document-too-large`, and then stores nothing; UnavailableError if the store is not
        available.
        """
        key = _key(sha256)
        seen, size = hashlib.sha256(), 0
        with _told(StoreFailure.PUT):
            # Leaving the block by an error aborts the upload.
            async with obstore.open_writer_async(
                self._store(), key, buffer_size=HELD_BYTES, max_concurrency=PIECES_UNDER_WAY
            ) as writer:
                async for chunk in chunks:
                    size += len(chunk)
                    _require_size(size, limit_bytes)
                    seen.update(chunk)
                    await writer.write(chunk)
                _require_some(size)
                _require_hash(seen.hexdigest(), sha256)
        return size

    async def open(self, sha256: str) -> StoredDocument:
        """Find a document by its hash; NotFoundError if the store has none."""
        key = _key(sha256)
        try:
            with _told(StoreFailure.OPEN):
                found = await obstore.get_async(self._store(), key)
        except FileNotFoundError:
            raise NotFoundError(
                f"no content is stored under {sha256}", code="document-content-not-found"
            ) from None
        return StoredDocument(found.meta["size"], _checked(found.stream(PIECE_BYTES), sha256))

    def _store(self) -> ObjectStore:
        if self._opened is None:
            self._opened = open_client(self._place)
        return self._opened


async def _checked(pieces: AsyncIterable[bytes], sha256: str) -> AsyncIterator[bytes]:
    """Delay each piece until the next one came: the last is sent only if the hash is right."""
    seen, held = hashlib.sha256(), b""
    with _told(StoreFailure.READ):
        async for piece in pieces:
            seen.update(piece)
            if held:
                yield held
            held = bytes(piece)
    if seen.hexdigest() != sha256:
        tell(StoreFailure.DAMAGED)
        LOG.error("document_damaged", sha256=sha256)
        raise DamagedDocumentError(sha256)
    yield held


@contextmanager
def _told(operation: StoreFailure) -> Iterator[None]:
    """Report an unavailable store without its own message, which may contain an address."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        tell(operation)
        LOG.error("document_store_failed", operation=operation, error=type(error).__name__)  # noqa: TRY400 - its words may hold an address
        raise UnavailableError(
            "the document store is not available; what was sent was not stored",
            code="document-store-unavailable",
        ) from error


def _key(sha256: str) -> str:
    """Return the key of a document, in a folder named by its first two digits."""
    if not SHA256.fullmatch(sha256):
        raise InvalidInputError(
            "a SHA-256 must be 64 digits of 0-9 and a-f", code="malformed-document-hash"
        )
    return f"{sha256[:2]}/{sha256}"


def _require_size(size: int, limit_bytes: int) -> None:
    if size > limit_bytes:
        raise TooLargeError(
            f"a document can have at most {limit_bytes} bytes",
            code="document-too-large",
            members={"limit_bytes": limit_bytes},
        )


def _require_some(size: int) -> None:
    if size == 0:
        raise InvalidInputError(
            "the body is empty; send the document itself as the body of the request",
            code="empty-document",
            faults=[Fault(WHOLE, "must not be empty")],
        )


def _require_hash(found: str, promised: str) -> None:
    if found != promised:
        raise InvalidInputError(
            "the content does not have the announced SHA-256",
            code="other-hash",
            members={"promised": promised, "found": found},
        )
