"""A reviewer's interest in a holder is declared, and bars the reviewer until it has ended."""

from dataclasses import dataclass
from uuid import UUID

from certification.domain.recorded_twice import refuse_recorded
from certification.domain.reviewing import ConflictOfInterest
from certification.storage import assignments
from shared.database.transaction import Transaction
from shared.errors import NotAllowedError
from shared.identifiers import new_id
from shared.security.principals import Role


@dataclass(frozen=True)
class DeclareConflict:
    """Whose interest in which holder, and why."""

    reviewer_id: UUID
    holder_id: UUID
    reason: str


async def declare_conflict(tx: Transaction, command: DeclareConflict) -> ConflictOfInterest:
    """Keep it; from now on the reviewer may act on none of the holder's files.

    ConflictError where it stands already: whoever ends it would end half of it. NotAllowedError
    where a reviewer declares the interest of somebody else: a manager does that.
    """
    is_own = command.reviewer_id == tx.actor.person_id
    if not is_own and not tx.actor.has(Role.BOARD_MANAGER):
        raise NotAllowedError(
            "a reviewer declares no interest but the own; a manager declares another's",
            code="not-your-conflict",
        )
    await tx.lock_subject(command.reviewer_id)
    first = await assignments.standing_conflict(tx, command.reviewer_id, command.holder_id)
    refuse_recorded("conflict", first)
    conflict = ConflictOfInterest(
        id=new_id(),
        reviewer_id=command.reviewer_id,
        holder_id=command.holder_id,
        reason=command.reason,
        declared_at=tx.now,
        declared_by=tx.actor.subject,
    )

    await assignments.insert_conflict(tx, conflict)
    tx.audit("conflict.declared", subject_kind="conflict", subject_id=conflict.id)
    return conflict


async def end_conflict(tx: Transaction, conflict_id: UUID) -> ConflictOfInterest:
    """End it: the reviewer may act again; NotAllowedError where that is who asks."""
    conflict = await assignments.end_conflict(tx, conflict_id)
    if conflict.reviewer_id == tx.actor.person_id:
        raise NotAllowedError(
            "nobody ends what bars themselves: another manager does that",
            code="conflict-of-interest",
        )
    tx.audit("conflict.ended", subject_kind="conflict", subject_id=conflict_id)
    return conflict
