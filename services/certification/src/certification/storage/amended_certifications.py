"""Certifications as the Board amended them: their level on every day, and their conditions."""

from sqlalchemy import update

from certification.domain.certifications import Certification
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS, CERTIFICATIONS
from shared.database.transaction import Transaction


async def keep(tx: Transaction, certification: Certification) -> None:
    """Keep level and conditions of a locked certification, on every day that it has."""
    await tx.execute(
        update(CERTIFICATIONS)
        .where(CERTIFICATIONS.c.id == certification.id)
        .values(
            level=certification.level,
            conditions=list(certification.conditions),
            public_conditions=list(certification.public_conditions),
            version=certification.version,
        )
    )
    await tx.execute(
        update(CERTIFICATION_STANDINGS)
        .where(CERTIFICATION_STANDINGS.c.certification_id == certification.id)
        .values(level=certification.level)
    )
