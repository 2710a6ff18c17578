"""Declares or ends a reviewer's conflict of interest with a provider or program."""

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
    """The reviewer, the provider or program, and the reason."""

    reviewer_id: UUID
    holder_id: UUID
    reason: str


async def declare_conflict(tx: Transaction, command: DeclareConflict) -> ConflictOfInterest:
    """Declare a conflict; the reviewer can then act on no file of the holder.

    ConflictError if it is already declared, because ending one of two would leave the other.
    NotAllowedError if a reviewer names somebody else; only a manager can.
    """
    is_own = command.reviewer_id == tx.actor.person_id
    if not is_own and not tx.actor.has(Role.BOARD_MANAGER):
        raise NotAllowedError(
            "reviewers can declare only their own conflicts; a manager can declare another "
            "reviewer's",
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
    """End a conflict; NotAllowedError if the caller is the one it bars."""
    conflict = await assignments.end_conflict(tx, conflict_id)
    if conflict.reviewer_id == tx.actor.person_id:
        raise NotAllowedError(
            "you cannot end a conflict that bars you; another manager must do it",
            code="conflict-of-interest",
        )
    tx.audit("conflict.ended", subject_kind="conflict", subject_id=conflict_id)
    return conflict
