"""A user checks whether a shared score was received."""

from uuid import UUID

from scoring.domain.shares import Share
from scoring.storage import cases, shares
from shared.database.transaction import Transaction


async def show_share(tx: Transaction, share_id: UUID) -> Share:
    """Return a share that the actor may see. Raises NotFoundError otherwise."""
    share = await shares.by_id(tx, share_id)
    case = await cases.by_id(tx, share.case_id)
    authority = case.authority_of(tx.actor)
    if authority is None:
        raise shares.not_found(share_id)
    tx.audit("share.read", subject_kind="share", subject_id=share.id, authority=authority)
    return share
