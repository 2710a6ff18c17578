"""Documents with the result of their review; returned ones stay on record."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Row, RowMapping, insert, select

from certification.domain.documents import Content, Document, Review
from certification.storage.tables.applications import DOCUMENTS
from shared.clock import california_date
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

COLUMNS = (
    *("id", "application_id", "item", "received_at", "content_at"),
    *("review_reason", "reviewed_at", "reviewed_by", "superseded_at"),
)
STANDING = DOCUMENTS.c.superseded_at.is_(None)
COUNTING = STANDING & (DOCUMENTS.c.review != Review.RETURNED)


async def supersede(tx: Transaction, document: Document) -> None:
    """Store a document; one returned before for the same item is superseded."""
    await tx.execute(
        sa.update(DOCUMENTS)
        .where(
            DOCUMENTS.c.application_id == document.application_id,
            DOCUMENTS.c.item == document.item,
            STANDING,
        )
        .values(superseded_at=tx.now)
    )
    await tx.insert(DOCUMENTS, **_row_of(document))


async def insert_all(tx: Transaction, documents: Sequence[Document]) -> None:
    """Store what came with a new application."""
    if documents:
        await tx.execute(insert(DOCUMENTS).values([_row_of(each) for each in documents]))


async def update(tx: Transaction, document: Document) -> None:
    """Store a review, or that the content was stored."""
    values = {name: value for name, value in _row_of(document).items() if name != "id"}
    await tx.execute(sa.update(DOCUMENTS).where(DOCUMENTS.c.id == document.id).values(**values))


async def of_application(tx: Transaction, application_id: UUID) -> list[Document]:
    """Read every document of an application, also superseded ones, oldest first."""
    statement = select(DOCUMENTS).where(DOCUMENTS.c.application_id == application_id)
    rows = (await tx.execute(statement.order_by(DOCUMENTS.c.id))).mappings()
    return [_document_of(row) for row in rows]


async def of_item(tx: Transaction, application_id: UUID, item: str) -> Document:
    """Read the current document of an item; NotFoundError if none was received."""
    statement = select(DOCUMENTS).where(
        DOCUMENTS.c.application_id == application_id, DOCUMENTS.c.item == item, STANDING
    )
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"no document was received for {item}", code="document-not-found")
    return _document_of(row)


async def present(tx: Transaction, application_id: UUID) -> dict[str, date]:
    """Return the items that were received and not returned, each with its day."""
    arrived = await arrivals(tx, application_id)
    return {item: california_date(at) for item, at in arrived.items()}


async def returned(tx: Transaction, application_id: UUID) -> dict[str, str]:
    """Return the items that were returned and not sent again, each with the reason."""
    statement = select(DOCUMENTS.c.item, DOCUMENTS.c.review_reason).where(
        DOCUMENTS.c.application_id == application_id,
        STANDING,
        DOCUMENTS.c.review == Review.RETURNED,
    )
    found: Sequence[Row[Any]] = (await tx.execute(statement)).all()
    return {row.item: row.review_reason for row in found}


async def arrivals(tx: Transaction, application_id: UUID) -> dict[str, datetime]:
    """Return the items that were received and not returned, each with its time."""
    statement = (
        select(DOCUMENTS.c.item, DOCUMENTS.c.received_at)
        .where(DOCUMENTS.c.application_id == application_id, COUNTING)
        .order_by(DOCUMENTS.c.item)
    )
    found: Sequence[Row[Any]] = (await tx.execute(statement)).all()
    return {row.item: row.received_at for row in found}


async def send_back(tx: Transaction, application_id: UUID, reasons: dict[str, str]) -> None:
    """Return these items of an application, each for its reason."""
    for item, reason in reasons.items():
        await tx.execute(
            sa.update(DOCUMENTS)
            .where(DOCUMENTS.c.application_id == application_id, DOCUMENTS.c.item == item, COUNTING)
            .values(review=Review.RETURNED, review_reason=reason, **_reviewer(tx))
        )


async def accept_rest(tx: Transaction, application_id: UUID, items: Collection[str]) -> None:
    """Accept all items not reviewed separately, because the application is complete."""
    await tx.execute(
        sa.update(DOCUMENTS)
        .where(
            DOCUMENTS.c.application_id == application_id,
            DOCUMENTS.c.item.in_(items),
            DOCUMENTS.c.review == Review.RECEIVED,
            STANDING,
        )
        .values(review=Review.ACCEPTED, **_reviewer(tx))
    )


def _reviewer(tx: Transaction) -> dict[str, Any]:
    return {"reviewed_at": tx.now, "reviewed_by": tx.actor.subject}


def _row_of(document: Document) -> dict[str, Any]:
    content = document.content
    return {
        **{name: getattr(document, name) for name in COLUMNS},
        "review": document.review,
        "received_on": document.received_on,
        "sha256": content.sha256 if content else None,
        "size_bytes": content.size_bytes if content else None,
        "media_type": content.media_type if content else None,
    }


def _document_of(row: RowMapping) -> Document:
    told = row["sha256"] is not None
    content = Content(row["sha256"], row["size_bytes"], row["media_type"]) if told else None
    review = Review(row["review"])
    return Document(content=content, review=review, **{name: row[name] for name in COLUMNS})
