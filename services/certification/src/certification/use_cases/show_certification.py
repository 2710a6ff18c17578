"""Whoever works with a provider or program sees whether it is certified."""

from uuid import UUID

from certification.domain.certifications import Certification
from certification.storage import certifications
from shared.database.transaction import Transaction


async def show_certification(tx: Transaction, certification_id: UUID) -> Certification:
    """Read one certification."""
    return await certifications.by_id(tx, certification_id)
