"""Finds the certifications of an account, by its applications and its linked holders."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import RowMapping, select, union_all

from certification.domain.applications import Kind, Level
from certification.domain.held_before import HeldBefore, PastChange
from certification.domain.standings import Status
from certification.storage.tables.certifications import (
    CERTIFICATION_CHANGES,
    CERTIFICATION_STANDINGS,
    CERTIFICATIONS,
)
from certification.storage.tables.programs import PROGRAMS, PROVIDERS
from shared.database.transaction import Transaction

COLUMNS = ("application_id", "kind", "number", "level")


async def of_accounts(
    tx: Transaction, accounts: Collection[UUID | None]
) -> Mapping[UUID | None, list[HeldBefore]]:
    """Read every certification of these accounts with today's status, oldest first.

    An account of None, on an application without a linked account, has none.
    """
    known = {account for account in accounts if account is not None}
    holders = union_all(
        *(
            select(table.c.id, table.c.applicant_id).where(table.c.applicant_id.in_(known))
            for table in (PROVIDERS, PROGRAMS)
        )
    ).subquery("holders")
    standing = CERTIFICATION_STANDINGS.c
    is_todays = (
        (standing.certification_id == CERTIFICATIONS.c.id)
        & (standing.effective_from <= tx.today)
        & (standing.effective_until.is_(None) | (standing.effective_until > tx.today))
    )
    statement = (
        select(
            *(CERTIFICATIONS.c.id, holders.c.applicant_id, standing.status),
            *(CERTIFICATIONS.c[name] for name in COLUMNS),
            standing.effective_from.label("since"),
        )
        .join(holders, holders.c.id == CERTIFICATIONS.c.holder_id)
        .outerjoin(CERTIFICATION_STANDINGS, is_todays)
        .order_by(CERTIFICATIONS.c.id)
    )
    rows = (await tx.execute(statement)).mappings().all()
    changes = await _changes(tx, [row["id"] for row in rows])
    found: dict[UUID | None, list[HeldBefore]] = defaultdict(list)
    for row in rows:
        found[row["applicant_id"]].append(_held(row, changes[row["id"]]))
    return found


async def _changes(
    tx: Transaction, certification_ids: Collection[UUID]
) -> Mapping[UUID, list[PastChange]]:
    columns = CERTIFICATION_CHANGES.c
    statement = (
        select(columns.certification_id, columns.change, columns.effective_on)
        .where(columns.certification_id.in_(certification_ids))
        .order_by(columns.certification_id, columns.number)
    )
    found: dict[UUID, list[PastChange]] = defaultdict(list)
    for row in await tx.execute(statement):
        found[row.certification_id].append(PastChange(row.change, row.effective_on))
    return found


def _held(row: RowMapping, changes: list[PastChange]) -> HeldBefore:
    return HeldBefore(
        certification_id=row["id"],
        application_id=row["application_id"],
        kind=Kind(row["kind"]),
        number=row["number"],
        level=Level(row["level"]) if row["level"] else None,
        status=Status(row["status"]) if row["status"] else Status.NOT_YET_CERTIFIED,
        since=row["since"],
        changes=tuple(changes),
    )
