"""Finds the application of a status token; the token itself is never stored."""

from sqlalchemy import select

from certification.domain.applications import Application
from certification.storage.applications import application_of
from certification.storage.tables.applications import APPLICATIONS
from shared.database.transaction import Transaction


async def by_token(tx: Transaction, token_hash: bytes) -> Application | None:
    """Read the application whose token has this hash; None if there is none."""
    statement = select(APPLICATIONS).where(APPLICATIONS.c.status_token_hash == token_hash)
    row = (await tx.execute(statement)).mappings().one_or_none()
    return None if row is None else application_of(row)
