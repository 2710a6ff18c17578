"""Which sign-in account acts for a provider or program: it sees its files and may renew.

A grant links the account that applied. The Board links another where a list brought the holder in,
or where its sign-in has changed. An account is known by the subject of its tokens.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from certification.domain.applications import Kind
from shared.errors import ConflictError, NotAllowedError


@dataclass(frozen=True)
class AccountChange:
    """The account of a holder before and after; None where no account acts for it."""

    id: UUID
    kind: Kind
    holder_id: UUID
    former_account_id: UUID | None
    account_id: UUID | None
    reasons: tuple[str, ...]
    changed_at: datetime
    changed_by: str


def refuse_account_change(change: AccountChange) -> None:
    """Raise NotAllowedError where somebody's own account is linked; ConflictError for no change."""
    if change.changed_by in {str(change.account_id), str(change.former_account_id)}:
        raise NotAllowedError(
            "nobody links or unlinks their own account: another manager of the Board does it",
            code="conflict-of-interest",
        )
    if change.account_id == change.former_account_id:
        linked = f"account {change.account_id}" if change.account_id else "no account"
        raise ConflictError(
            f"{linked} is linked with this holder already", code="account-linked-already"
        )
