"""A user reads an officer's name, agency and unit."""

from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.security.principals import Role
from supervision.domain.agencies import Officer
from supervision.storage import officers


async def show_officer(tx: Transaction, officer_id: UUID) -> Officer:
    """Read an officer of the actor's agency; auditors and operators may read any officer."""
    officer = await officers.by_id(tx, officer_id)
    oversees_all = tx.actor.has(Role.OPERATOR, Role.AUDITOR)
    if not oversees_all and officer.agency != tx.actor.agency:
        raise NotFoundError(f"there is no officer {officer_id}", code="officer-not-found")

    tx.audit("officer.read", subject_kind="officer", subject_id=officer.id)
    return officer
