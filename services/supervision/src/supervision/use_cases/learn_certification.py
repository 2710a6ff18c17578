"""The Board certified a provider or program, or changed that: teams may count on it, or not."""

from shared.credentials.changes import CredentialChange
from shared.credentials.told_changes import CertificationBegun
from shared.database.transaction import Transaction
from shared.law.validity import Validity
from supervision.domain.teams import Member, MemberRole
from supervision.storage import credentials
from supervision.use_cases.follow_lapses import follow_member


async def learn_certification(tx: Transaction, begun: CertificationBegun) -> None:
    """Keep the certification; it may cure what another left."""
    member = Member(MemberRole(begun.kind), begun.holder_id)
    term = Validity(begun.effective_from, begun.effective_until)
    credentials.keep_certification(tx, begun.certification_id, member=member, term=term)
    await follow_member(tx, member)


async def learn_certification_change(tx: Transaction, change: CredentialChange) -> None:
    """Keep what happened to it, and follow it into the cases; it must have arrived."""
    await follow_member(tx, await credentials.keep_certification_change(tx, change))
