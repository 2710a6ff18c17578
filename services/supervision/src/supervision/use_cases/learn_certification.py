"""The Board granted or changed a provider's or program's certification, which teams need."""

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
    """Store a certification. It may cure a lapse of an earlier one."""
    credentials.insert_certification_if_new(tx, certification_id, member=holder, term=term)
    await follow_member(tx, holder)


async def learn_certification_change(tx: Transaction, change: CredentialChange) -> None:
    """Store a change of a certification and update the cases. It must be known here already."""
    await follow_member(tx, await credentials.insert_certification_change(tx, change))
