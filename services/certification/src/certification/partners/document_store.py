"""Documents' bytes: kept by their SHA-256, in a folder or in any S3-compatible store.

Whatever a store shows under a hash has that hash: bytes are hashed on their way in, and only when
they are what was promised is the object closed. Until then neither store shows it: a folder renames
a finished file, S3 shows a finished PUT or a completed upload in parts. A crash in between leaves
nothing that reads as a document.
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
"""What is held in memory before anything is sent: smaller documents leave in one PUT."""
PIECES_UNDER_WAY = 2
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class DamagedDocumentError(Exception):
    """What the store gives back is not what was put there; no answer may end well with it."""


@dataclass(frozen=True)
class StoredDocument:
    """A document's size, and its bytes as they come."""

    size_bytes: int
    chunks: AsyncIterator[bytes]
    """Raises DamagedDocumentError instead of giving the last piece of other bytes."""


class DocumentStore:
    """Puts documents under their hash and gives them back; connects when first asked."""

    def __init__(self, place: StorePlace) -> None:
        self._place = place
        self._opened: ObjectStore | None = None

    async def put(self, chunks: AsyncIterable[bytes], sha256: str, limit_bytes: int) -> int:
        """Keep the bytes under their hash and return their size; the same bytes again are fine.

        Raises InvalidInputError `other-hash` or `empty-document`, or TooLargeError
        `document-too-large`, and keeps nothing then; UnavailableError where the store is away.
        """
        key = _key(sha256)
        seen, size = hashlib.sha256(), 0
        with _told(StoreFailure.PUT):
            # Leaving the block by an error takes back what was sent so far.
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
        """Find a document by its hash; NotFoundError where the store holds none."""
        key = _key(sha256)
        try:
            with _told(StoreFailure.OPEN):
                found = await obstore.get_async(self._store(), key)
        except FileNotFoundError:
            raise NotFoundError(
                f"no bytes are kept under {sha256}", code="document-content-not-found"
            ) from None
        return StoredDocument(found.meta["size"], _checked(found.stream(PIECE_BYTES), sha256))

    def _store(self) -> ObjectStore:
        if self._opened is None:
            self._opened = open_client(self._place)
        return self._opened


async def _checked(pieces: AsyncIterable[bytes], sha256: str) -> AsyncIterator[bytes]:
    """Hold each piece until the next one came: the last leaves when the whole was right."""
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
    """Say of a store that is away that it is; its own words may hold an address, and stay here."""
    try:
        yield
    except FileNotFoundError:
        raise
    except (BaseError, OSError) as error:
        tell(operation)
        LOG.error("document_store_failed", operation=operation, error=type(error).__name__)  # noqa: TRY400 - its words may hold an address
        raise UnavailableError(
            "the document store is not available just now; what was sent is not kept",
            code="document-store-unavailable",
        ) from error


def _key(sha256: str) -> str:
    """The key of a document: a folder of its first two digits keeps folders small."""
    if not SHA256.fullmatch(sha256):
        raise InvalidInputError(
            "a SHA-256 is 64 digits of 0-9 and a-f", code="malformed-document-hash"
        )
    return f"{sha256[:2]}/{sha256}"


def _require_size(size: int, limit_bytes: int) -> None:
    if size > limit_bytes:
        raise TooLargeError(
            f"a document may have {limit_bytes} bytes at the most",
            code="document-too-large",
            members={"limit_bytes": limit_bytes},
        )


def _require_some(size: int) -> None:
    if size == 0:
        raise InvalidInputError(
            "no bytes came: send the document itself as the body of the request",
            code="empty-document",
            faults=[Fault(WHOLE, "is empty")],
        )


def _require_hash(found: str, promised: str) -> None:
    if found != promised:
        raise InvalidInputError(
            "these are other bytes than the ones whose SHA-256 was promised",
            code="other-hash",
            members={"promised": promised, "found": found},
        )
