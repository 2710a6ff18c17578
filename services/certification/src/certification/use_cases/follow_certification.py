"""Checks the certification that a renewal or upgrade follows.

It is checked when the application is made, submitted and granted, because it may have been revoked,
surrendered, upgraded or renewed in between; then nothing can follow it.
"""

from datetime import date

from certification.domain.applications import Application, Level, Purpose
from certification.domain.certification_changes import ended_for_good
from certification.domain.certifications import Certification
from certification.domain.standings import Standing
from certification.domain.succession import refuse_lifting, refuse_succession
from certification.storage import certifications, standings
from shared.database.transaction import Transaction
from shared.errors import ConflictError


async def locked_followed(tx: Transaction, application: Application) -> Certification | None:
    """Lock the certification that an application renews or upgrades; None for a new one."""
    if application.certification_id is None:
        return None
    return await certifications.locked(tx, application.certification_id)


async def refuse_unless_followable(
    tx: Transaction, followed: Certification, purpose: Purpose, level: Level | None
) -> tuple[Standing, ...]:
    """Return its standings; ConflictError if its status refuses, or if another one follows it."""
    held = await standings.of_certification(tx, followed.id)
    ended = ended_for_good(await certifications.changes(tx, followed.id))
    refuse_succession(purpose, followed, held, level, tx.today, ended)
    if successor := await certifications.following(tx, followed.id):
        raise ConflictError(
            f"certification {followed.number} already has a renewal or an upgrade",
            code="followed-already",
            members={"certification_id": str(successor.id)},
        )
    return held


async def refuse_unless_grantable(
    tx: Transaction,
    followed: Certification,
    purpose: Purpose,
    level: Level | None,
    effective_from: date,
) -> None:
    """Check it again before a grant, which must not end a suspension."""
    held = await refuse_unless_followable(tx, followed, purpose, level)
    refuse_lifting(purpose, followed, held, effective_from, tx.today)
