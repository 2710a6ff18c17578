"""Stores many certifications with their changes and status periods, one statement per table.

Each certification is its holder's only one, and its only change determines its status.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, update

from certification.domain.certification_changes import CertificationChange
from certification.domain.certifications import Certification
from certification.domain.register import IN_FORCE
from certification.domain.standings import Standing, standings_of
from certification.storage.certifications import change_row, row_of
from certification.storage.standings import row_of as row_of_standing
from certification.storage.tables.certifications import (
    CERTIFICATION_CHANGES,
    CERTIFICATION_STANDINGS,
    CERTIFICATIONS,
)
from shared.database.transaction import Transaction

_INSERT = insert(CERTIFICATIONS)
_INSERT_CHANGE = insert(CERTIFICATION_CHANGES)
_INSERT_STANDING = insert(CERTIFICATION_STANDINGS)
_SET_VERSION = (
    update(CERTIFICATIONS)
    .where(CERTIFICATIONS.c.id == bindparam("certification_id"))
    .values(version=bindparam("new_version"))
)

Changed = tuple[Certification, CertificationChange]


def insert_soon(tx: Transaction, kept: Sequence[Changed]) -> None:
    """Store new certifications, each with its first change."""
    for certification, _ in kept:
        tx.write_soon(_INSERT, row_of(certification))
        tx.count_as_locked(certification.id)
    _insert_changes_soon(tx, kept)


async def void(tx: Transaction, voided: Sequence[Changed]) -> None:
    """Void locked certifications; their earlier status periods no longer count."""
    for certification, _ in voided:
        new = {"certification_id": certification.id, "new_version": certification.version}
        tx.write_soon(_SET_VERSION, new)
    ids = [certification.id for certification, _ in voided]
    of_these = CERTIFICATION_STANDINGS.c.certification_id.in_(ids)
    await tx.execute(delete(CERTIFICATION_STANDINGS).where(of_these))
    _insert_changes_soon(tx, voided)


def _insert_changes_soon(tx: Transaction, changed: Sequence[Changed]) -> None:
    for _, change in changed:
        tx.write_soon(_INSERT_CHANGE, change_row(change))
    for certification, change in changed:
        for standing in standings_of([change]):
            tx.write_soon(_INSERT_STANDING, _standing_row(certification, standing))


def _standing_row(certification: Certification, standing: Standing) -> dict[str, object]:
    """Build the row of a status period of a holder with no other certification."""
    since = standing.effective_from if standing.status in IN_FORCE else None
    return {**row_of_standing(certification, standing), "certified_since": since}
