"""The Board certified a provider or program: from that day teams may count on it."""

from shared.database.transaction import Transaction
from shared.events.certification import CertificationGranted
from shared.law.validity import Validity
from supervision.storage import credentials


async def learn_certification(tx: Transaction, granted: CertificationGranted) -> None:
    """Keep the certification."""
    credentials.keep_certification(
        tx,
        granted.certification_id,
        kind=granted.kind,
        holder_id=granted.holder_id,
        held=Validity(granted.effective_from, granted.effective_until),
    )
