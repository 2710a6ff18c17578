"""Shows a certification to everybody who works with providers and programs."""

from dataclasses import dataclass
from uuid import UUID

from certification.domain.certifications import Certification
from certification.domain.standings import Standing
from certification.storage import certifications, standings
from shared.database.transaction import Transaction


@dataclass(frozen=True)
class CertificationFile:
    """A certification with its status periods."""

    certification: Certification
    standings: tuple[Standing, ...]


async def show_certification(tx: Transaction, certification_id: UUID) -> CertificationFile:
    """Read one certification."""
    certification = await certifications.by_id(tx, certification_id)
    return CertificationFile(certification, await standings.of_certification(tx, certification_id))
