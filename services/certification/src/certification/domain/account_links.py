"""The sign-in account that acts for a provider or program.

The account sees the holder's applications and can apply for renewals. A grant links the account
that applied. The Board links another account if an imported list brought the holder in, or if the
holder's sign-in has changed. An account is identified by the subject (`sub`) of its tokens.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from certification.domain.applications import Kind
from shared.errors import ConflictError, NotAllowedError


@dataclass(frozen=True)
class AccountChange:
    """The account of a holder before and after a change; None if no account acts for it."""

    id: UUID
    kind: Kind
    holder_id: UUID
    former_account_id: UUID | None
    account_id: UUID | None
    reasons: tuple[str, ...]
    changed_at: datetime
    changed_by: str


def refuse_account_change(change: AccountChange) -> None:
    """Raise NotAllowedError for the caller's own account, ConflictError if nothing changes."""
    if change.changed_by in {str(change.account_id), str(change.former_account_id)}:
        raise NotAllowedError(
            "you cannot link or unlink your own account; another manager of the Board must do it",
            code="conflict-of-interest",
        )
    if change.account_id == change.former_account_id:
        linked = f"account {change.account_id}" if change.account_id else "no account"
        raise ConflictError(
            f"{linked} is already linked with this holder", code="account-linked-already"
        )
