"""Stores the content of a document if it has the announced hash."""

from dataclasses import dataclass
from uuid import UUID

from certification.domain.application_moves import Move
from certification.domain.applications import moved
from certification.domain.documents import Content, Document, refuse_unseen, stored
from certification.storage import application_lists, applications, documents
from shared.database.transaction import Transaction
from shared.errors import ConflictError


@dataclass(frozen=True)
class ContentPromise:
    """The item, the applicant's application, and the announced content."""

    application_id: UUID
    applicant_id: UUID
    item: str
    sha256: str | None
    media_type: str


async def promised_hash(tx: Transaction, promise: ContentPromise) -> str:
    """Return the SHA-256 that the content must have, before the content is read.

    NotFoundError for another applicant's application or an item that was never sent. ConflictError
    if no hash was announced, or another one than now.
    """
    document = await _document(tx, promise)
    known = document.content.sha256 if document.content else None
    if known is None and promise.sha256 is None:
        raise ConflictError(
            f"the SHA-256 of {promise.item} is required: send it with the document or in "
            "Content-Digest",
            code="hash-not-said",
        )
    if known is not None and promise.sha256 not in {None, known}:
        raise ConflictError(
            f"another SHA-256 was announced for {promise.item}",
            code="other-hash",
            members={"promised": known, "found": promise.sha256},
        )
    return known or promise.sha256 or ""


async def store_content(
    tx: Transaction, promise: ContentPromise, sha256: str, size_bytes: int
) -> Document:
    """Record that content with this hash has been stored."""
    found = await _document(tx, promise)
    media_type = found.content.media_type if found.content else promise.media_type
    document = stored(found, Content(sha256, size_bytes, media_type), tx.now)

    await documents.update(tx, document)
    tx.audit("document.stored", subject_kind="application", subject_id=promise.application_id)
    return document


async def read_content(
    tx: Transaction, application_id: UUID, item: str, *, applicant_id: UUID | None
) -> Content:
    """Return the stored content of an item; the read is audited."""
    await application_lists.by_id(tx, application_id, applicant_id=applicant_id)
    document = await documents.of_item(tx, application_id, item)
    if document.content is None or document.content_at is None:
        raise ConflictError(f"no content is stored for {item}", code="no-content")
    tx.audit("document.read", subject_kind="application", subject_id=application_id)
    return document.content


async def _document(tx: Transaction, promise: ContentPromise) -> Document:
    """Return the document of an applicant's own application.

    ConflictError if content can no longer be uploaded.
    """
    application = await applications.locked(
        tx, promise.application_id, applicant_id=promise.applicant_id
    )
    moved(application, Move.STORE_CONTENT)
    document = await documents.of_item(tx, application.id, promise.item)
    refuse_unseen(document)
    return document
