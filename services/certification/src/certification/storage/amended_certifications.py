"""Writes the amended level and conditions of certifications and of their status periods."""

import sqlalchemy as sa

from certification.domain.certifications import Certification
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS, CERTIFICATIONS
from shared.database.transaction import Transaction


async def update(tx: Transaction, certification: Certification) -> None:
    """Store the level and conditions of a locked certification, for its whole term."""
    await tx.execute(
        sa.update(CERTIFICATIONS)
        .where(CERTIFICATIONS.c.id == certification.id)
        .values(
            level=certification.level,
            conditions=list(certification.conditions),
            public_conditions=list(certification.public_conditions),
            version=certification.version,
        )
    )
    await tx.execute(
        sa.update(CERTIFICATION_STANDINGS)
        .where(CERTIFICATION_STANDINGS.c.certification_id == certification.id)
        .values(level=certification.level)
    )
