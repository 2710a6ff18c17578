"""Checks the certification that a renewal or upgrade follows.

It is checked when the application is made, submitted and granted, because it may have been revoked,
surrendered, upgraded or renewed in between; then nothing can follow it.
"""

from datetime import date
from uuid import UUID

from certification.domain.applications import Application, Level, Purpose
from certification.domain.certification_changes import ended_for_good
from certification.domain.certifications import Certification
from certification.domain.succession import refuse_lifting, refuse_succession
from certification.storage import certifications, standings
from shared.database.transaction import Transaction
from shared.errors import ConflictError


async def refuse_unless_followable(
    tx: Transaction, certification_id: UUID, purpose: Purpose, level: Level | None
) -> Certification:
    """Lock it; ConflictError if its status refuses, or if another one already follows."""
    followed = await certifications.locked(tx, certification_id)
    held = await standings.of_certification(tx, followed.id)
    ended = ended_for_good(await certifications.changes(tx, followed.id))
    refuse_succession(purpose, followed, held, level, tx.today, ended)
    if successor := await certifications.following(tx, followed.id):
        raise ConflictError(
            f"certification {followed.number} already has a renewal or an upgrade",
            code="followed-already",
            members={"certification_id": str(successor.id)},
        )
    return followed


async def refuse_unless_grantable(
    tx: Transaction, application: Application, level: Level | None, effective_from: date
) -> None:
    """Check it again before a grant, which must not end a suspension."""
    purpose, certification_id = application.purpose, application.certification_id
    if certification_id is None:
        return
    followed = await refuse_unless_followable(tx, certification_id, purpose, level)
    held = await standings.of_certification(tx, followed.id)
    refuse_lifting(purpose, followed, held, effective_from, tx.today)
