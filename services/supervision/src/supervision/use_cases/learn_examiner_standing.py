"""The Board recorded an examiner's standing, or that it ended: teams may count on it, or not."""

from uuid import UUID

from shared.credentials.changes import CredentialChange
from shared.database.transaction import Transaction
from shared.law.validity import Validity
from supervision.domain.teams import Member, MemberRole
from supervision.storage import credentials
from supervision.use_cases.follow_lapses import follow_member


async def learn_examiner_standing(
    tx: Transaction, standing_id: UUID, examiner_id: UUID, term: Validity
) -> None:
    """Keep the standing; it may cure what another left."""
    credentials.insert_standing_if_new(tx, standing_id, examiner_id=examiner_id, term=term)
    await follow_member(tx, Member(MemberRole.EXAMINER, examiner_id))


async def learn_standing_end(tx: Transaction, change: CredentialChange) -> None:
    """Keep that it ended, and follow it into the cases; it must have arrived."""
    await follow_member(tx, await credentials.insert_standing_end(tx, change))
