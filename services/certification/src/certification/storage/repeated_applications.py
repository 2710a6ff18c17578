"""Reads what an account already applied for or holds, before it applies again."""

from uuid import UUID

from sqlalchemy import or_, select

from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Kind, Purpose
from certification.domain.register import IN_FORCE
from certification.domain.repeated_applications import AppliedFor, HeldAlready
from certification.storage.tables.applications import APPLICATIONS
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS
from certification.storage.tables.programs import PROGRAMS, PROVIDERS
from shared.database.transaction import Transaction

OVER = (ApplicationState.DECIDED, ApplicationState.WITHDRAWN, ApplicationState.ABANDONED)


async def under_way(
    tx: Transaction, kind: Kind, account_id: UUID, *, but: UUID | None
) -> list[AppliedFor]:
    """Read an account's other open new applications of a kind, oldest first."""
    columns = APPLICATIONS.c
    statement = select(columns.id, columns.name).where(
        columns.applicant_id == account_id,
        columns.kind == kind,
        columns.purpose == Purpose.NEW,
        columns.state.not_in(OVER),
    )
    if but is not None:
        statement = statement.where(columns.id != but)
    rows = await tx.execute(statement.order_by(columns.id))
    return [AppliedFor(row.id, row.name) for row in rows]


async def held(tx: Transaction, kind: Kind, account_id: UUID) -> list[HeldAlready]:
    """Read an account's certifications that are in force today or begin later."""
    holders = PROVIDERS if kind is Kind.PROVIDER else PROGRAMS
    standings = CERTIFICATION_STANDINGS.c
    statement = (
        select(standings.certification_id, standings.number, holders.c.name)
        .join_from(holders, CERTIFICATION_STANDINGS, standings.holder_id == holders.c.id)
        .where(
            holders.c.applicant_id == account_id,
            standings.status.in_(IN_FORCE),
            or_(standings.effective_until.is_(None), standings.effective_until > tx.today),
        )
        .order_by(standings.effective_from)
    )
    rows = await tx.execute(statement)
    return [HeldAlready(row.certification_id, row.number, row.name) for row in rows]
