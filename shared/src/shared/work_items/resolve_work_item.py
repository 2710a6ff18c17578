"""A person closes a work item: handled, not needed, or opened in error."""

from uuid import UUID

from shared.database.transaction import Transaction
from shared.errors import NotAllowedError
from shared.law.duty.duty_queries import SEE_AGENCY, SEE_BOARDS, SEE_OWN, SEE_PROGRAM
from shared.security.principals import Actor, Role
from shared.work_items import work_item_queries, work_items
from shared.work_items.keeping import update_resolved
from shared.work_items.work_item_tables import WORK_ITEMS
from shared.work_items.work_items import PersonsResolution, Resolved, WorkItem

COLLEAGUES = (SEE_BOARDS, SEE_AGENCY, SEE_PROGRAM, SEE_OWN)
"""Roles that may close each other's work items: a unit supervisor may close an officer's."""


async def resolve_work_item(
    tx: Transaction, item_id: UUID, resolution: PersonsResolution
) -> WorkItem:
    """Close a work item that the actor may see and whose owner has the actor's role.

    Raises ConflictError, with how and when, if it is resolved; NotAllowedError for another role.
    """
    await tx.lock(WORK_ITEMS, item_id)
    item = await work_item_queries.by_id(tx, item_id)
    if not _is_theirs(tx.actor, item.opening.owner.role):
        raise NotAllowedError(
            f"this work item belongs to the role {item.opening.owner.role}; you may read but "
            "not close it",
            code="work-item-of-another-role",
        )
    ended = work_items.resolved(item, Resolved(resolution, tx.now, tx.actor.subject))

    update_resolved(tx, [ended])
    tx.audit("work-item.resolved", subject_kind="work-item", subject_id=item_id)
    return ended


def _is_theirs(actor: Actor, owner_role: str) -> bool:
    """Whether the role is the owner's or may stand in for it; operators may close any."""
    if actor.has(Role.OPERATOR):
        return True
    return any(owner_role in roles and actor.has(*roles) for roles in COLLEAGUES)
