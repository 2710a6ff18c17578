"""Nobody of the Board acts in a matter of their own, whoever found the interest.

Asked by every act of staff on a file, a certification or another record of a provider or program.
"""

from uuid import UUID

from certification.domain.applications import Application
from certification.domain.interests import Interests, Stake, refuse_interested
from certification.storage import interests
from shared.database.transaction import Transaction


async def refuse_barred(tx: Transaction, application: Application) -> Interests:
    """Raise NotAllowedError where whoever acts has an interest in a file; who else has one."""
    found = await interests.in_matter(tx, Stake(application.holder_id, application.applicant_id))
    refuse_interested(found, _identities(tx))
    return found


async def refuse_barred_from(tx: Transaction, *holder_ids: UUID) -> None:
    """Raise NotAllowedError where whoever acts has an interest in one of these holders."""
    for holder_id in holder_ids:
        found = await interests.in_matter(tx, Stake(holder_id))
        refuse_interested(found, _identities(tx))


async def barred_reviewers(tx: Transaction, found: Interests) -> list[dict[str, object]]:
    """Which of the Board's reviewers an interest barred, and why: a decision keeps that."""
    reviewers = await interests.known_reviewers(tx, found)
    return [
        {"reviewer": str(each), "because": [because.value for because in found[each]]}
        for each in sorted(reviewers)
    ]


def _identities(tx: Transaction) -> tuple[UUID | None, ...]:
    """Whoever acts: the account, and the provider and program that the token names."""
    return tx.actor.person_id, tx.actor.provider, tx.actor.program
