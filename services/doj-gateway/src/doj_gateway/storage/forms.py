"""Filled-in forms: stored encrypted, written once, with the same bytes for every attempt."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update

from doj_gateway.storage.tables import SUBMISSIONS
from shared.database.transaction import Transaction
from shared.security.personal_fields import PersonalFields

COLUMN = "submissions.form"


@dataclass(frozen=True)
class FilledForm:
    """The bytes for DOJ, and the version of the form."""

    version: int
    content: bytes


def content_hash(content: bytes) -> str:
    """Return the SHA-256 of a content, so that contents can be compared without showing them."""
    return hashlib.sha256(content).hexdigest()


def opened(submission_id: UUID, sealed: bytes, fields: PersonalFields) -> bytes:
    """Decrypt a stored form."""
    return fields.open(sealed, column=COLUMN, row_id=submission_id)


async def insert(
    tx: Transaction, submission_id: UUID, form: FilledForm, fields: PersonalFields
) -> None:
    """Store the form of a locked submission that has none yet."""
    values = {
        "form_version": form.version,
        "form_sealed": fields.seal(form.content, column=COLUMN, row_id=submission_id),
        "content_hash": content_hash(form.content),
    }
    where = (SUBMISSIONS.c.id == submission_id) & SUBMISSIONS.c.form_sealed.is_(None)
    await tx.execute(update(SUBMISSIONS).where(where).values(**values))
