"""The Board recorded or ended an examiner's standing, which teams need."""

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
    """Store a standing. It may cure a lapse of an earlier one."""
    credentials.insert_standing_if_new(tx, standing_id, examiner_id=examiner_id, term=term)
    await follow_member(tx, Member(MemberRole.EXAMINER, examiner_id))


async def learn_standing_end(tx: Transaction, change: CredentialChange) -> None:
    """Store the end of a standing and update the cases. It must be known here already."""
    await follow_member(tx, await credentials.insert_standing_end(tx, change))
