"""The Board links a sign-in account with a provider or program, certified or not.

It is needed if an imported list brought the holder in, or if the holder's sign-in has changed.
"""

from dataclasses import dataclass
from uuid import UUID

from certification.domain.account_links import AccountChange, refuse_account_change
from certification.domain.duty_rules import ANSWER_DEFICIENCY
from certification.storage import account_links, deficiencies
from certification.use_cases.bar_interested import refuse_barred_from
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.duty import ledger


@dataclass(frozen=True)
class LinkAccount:
    """The holder, the account that acts for it (None means no account), and the reasons."""

    holder_id: UUID
    account_id: UUID | None
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class LinkedAccounts:
    """The account linked today, and the changes; empty if the first one is still linked."""

    account_id: UUID | None
    changes: list[AccountChange]


async def link_account(tx: Transaction, command: LinkAccount) -> AccountChange:
    """Link an account: it sees the holder's files, can renew and owes open answers.

    No event is published, because the account concerns nobody outside.
    """
    holder = await account_links.locked(tx, command.holder_id)
    change = AccountChange(
        id=new_id(),
        kind=holder.kind,
        holder_id=holder.holder_id,
        former_account_id=holder.account_id,
        account_id=command.account_id,
        reasons=command.reasons,
        changed_at=tx.now,
        changed_by=tx.actor.subject,
    )
    refuse_account_change(change)
    await refuse_barred_from(tx, holder.holder_id)

    await account_links.insert_change(tx, change)
    for application_id in holder.application_ids:
        await _hand_over_answers(tx, application_id, command.account_id)
    tx.audit(
        "account.linked" if command.account_id else "account.unlinked",
        subject_kind=holder.kind,
        subject_id=holder.holder_id,
    )
    return change


async def list_account_changes(
    tx: Transaction, holder_id: UUID, *, after: UUID | None, limit: int
) -> LinkedAccounts:
    """Read today's account, and one change more than the limit."""
    account_id = await account_links.of_holder(tx, holder_id)
    changes = await account_links.changes(tx, holder_id, after=after, limit=limit)
    return LinkedAccounts(account_id, changes)


async def _hand_over_answers(
    tx: Transaction, application_id: UUID, account_id: UUID | None
) -> None:
    """Hand the open answers to notices to the new account, with the same due dates."""
    for notice in await deficiencies.of_application(tx, application_id):
        if not notice.is_cured:
            await ledger.hand_over_duty(
                tx,
                ANSWER_DEFICIENCY,
                notice.id,
                agency=None,
                person=account_id,
                reason="account changed",
            )
