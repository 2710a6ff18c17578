"""Refuses acts of Board staff in matters in which they have an interest.

Every act on an application, a certification or another record of a holder calls it.
"""

from uuid import UUID

from certification.domain.applications import Application
from certification.domain.interests import Interests, Stake, refuse_interested
from certification.storage import interests
from shared.database.transaction import Transaction


async def refuse_barred(tx: Transaction, application: Application) -> Interests:
    """Raise NotAllowedError if the actor has an interest; return who else has one."""
    found = await interests.in_matter(tx, Stake(application.holder_id, application.applicant_id))
    refuse_interested(found, _identities(tx))
    return found


async def refuse_barred_from(tx: Transaction, *holder_ids: UUID) -> None:
    """Raise NotAllowedError if the actor has an interest in one of these holders."""
    for holder_id in holder_ids:
        found = await interests.in_matter(tx, Stake(holder_id))
        refuse_interested(found, _identities(tx))


async def barred_reviewers(tx: Transaction, found: Interests) -> list[dict[str, object]]:
    """Return the barred reviewers with reasons, to be stored with a decision."""
    reviewers = await interests.known_reviewers(tx, found)
    return [
        {"reviewer": str(each), "because": [because.value for because in found[each]]}
        for each in sorted(reviewers)
    ]


def _identities(tx: Transaction) -> tuple[UUID | None, ...]:
    """Return the actor's IDs: the account, and the provider and program in the token."""
    return tx.actor.person_id, tx.actor.provider, tx.actor.program
