"""Certifications as the Board amended them: their level on every day, and their conditions."""

import sqlalchemy as sa

from certification.domain.certifications import Certification
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS, CERTIFICATIONS
from shared.database.transaction import Transaction


async def update(tx: Transaction, certification: Certification) -> None:
    """Keep level and conditions of a locked certification, on every day that it has."""
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
