"""The sign-in account that acts for a provider or program; the Board links it."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel, Field

from certification.api.certification_changes import Reasons
from certification.domain.account_links import AccountChange
from certification.domain.applications import Kind
from certification.use_cases.link_account import LinkAccount, link_account, list_account_changes
from shared.http.paging import After, Limit, Page, id_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.security.principals import Role

router = guarded_router("/v1/account-links", tags=["account-links"])

HOLDER = (
    "ID of the provider or program; the same as `holder_id` of its applications and certifications."
)
ACCOUNT = (
    "ID of the sign-in account that acts for the holder: the subject (`sub`) of its tokens. Null "
    "if no account acts for the holder; then nobody can apply to renew its certification."
)


class AccountLinkBody(RequestBody):
    """The sign-in account that acts for a provider or program from now on, and the reasons."""

    holder_id: UUID = Field(description=HOLDER)
    account_id: UUID | None = Field(description=ACCOUNT)
    reasons: Reasons = Field(
        description="Why the account is linked, changed or unlinked. At least one reason."
    )


class AccountLinkAnswer(BaseModel):
    """One change of the account that acts for a provider or program."""

    change_id: UUID
    kind: Kind = Field(description="Whether the holder is a provider or a program.")
    holder_id: UUID = Field(description=HOLDER)
    former_account_id: UUID | None = Field(
        description="ID of the account that acted for the holder before this change. Null if "
        "there was none."
    )
    account_id: UUID | None = Field(description=ACCOUNT)
    reasons: list[str] = Field(description="Why the account was linked, changed or unlinked.")
    changed_at: datetime
    changed_by: str = Field(description="Token subject (`sub`) of the manager who made the change.")


class AccountLinksAnswer(Page[AccountLinkAnswer]):
    """The account that acts for a holder today, and one page of the changes the Board made."""

    account_id: UUID | None = Field(description=ACCOUNT)


@router.post(
    "",
    operation_id="link_account",
    status_code=201,
    dependencies=[allow(Role.BOARD_MANAGER)],
)
async def post_account_link(
    body: AccountLinkBody, tx: CurrentTransaction, response: Response
) -> AccountLinkAnswer:
    """Link a sign-in account with a provider or program.

    Use it when an imported list brought the holder in, or when the holder's sign-in has changed.
    The linked account sees all applications of the holder, answers the open deficiency notices and
    can apply for renewals and upgrades. The account that was linked before can no longer do so.
    """
    command = LinkAccount(body.holder_id, body.account_id, body.reasons)
    change = await link_account(tx, command)
    response.headers["Location"] = f"/v1/account-links?holder_id={change.holder_id}"
    return _answer(change)


@router.get(
    "",
    operation_id="list_account_changes",
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR)],
)
async def get_account_changes(
    tx: CurrentTransaction,
    holder_id: Annotated[UUID, Query(description=HOLDER)],
    limit: Limit = 50,
    after: After = None,
) -> AccountLinksAnswer:
    """List the changes of the account that acts for a holder, oldest first.

    The account that first applied is not listed as a change, so the list is empty until the Board
    links another one.
    """
    start = id_cursor(after)
    found = await list_account_changes(tx, holder_id, after=start, limit=limit)
    shown, following = page_of(found.changes, limit, lambda change: (change.id,))
    return AccountLinksAnswer(
        items=[_answer(each) for each in shown], next=following, account_id=found.account_id
    )


def _answer(change: AccountChange) -> AccountLinkAnswer:
    return AccountLinkAnswer(
        change_id=change.id,
        kind=change.kind,
        holder_id=change.holder_id,
        former_account_id=change.former_account_id,
        account_id=change.account_id,
        reasons=list(change.reasons),
        changed_at=change.changed_at,
        changed_by=change.changed_by,
    )
