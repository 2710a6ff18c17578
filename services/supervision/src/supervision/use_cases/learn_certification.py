"""The Board certified a provider or program, or changed that: teams may count on it, or not."""

from uuid import UUID

from shared.credentials.changes import CredentialChange
from shared.database.transaction import Transaction
from shared.law.validity import Validity
from supervision.domain.teams import Member
from supervision.storage import credentials
from supervision.use_cases.follow_lapses import follow_member


async def learn_certification(
    tx: Transaction, certification_id: UUID, holder: Member, term: Validity
) -> None:
    """Keep the certification; it may cure what another left."""
    credentials.insert_certification_if_new(tx, certification_id, member=holder, term=term)
    await follow_member(tx, holder)


async def learn_certification_change(tx: Transaction, change: CredentialChange) -> None:
    """Keep what happened to it, and follow it into the cases; it must have arrived."""
    await follow_member(tx, await credentials.insert_certification_change(tx, change))
