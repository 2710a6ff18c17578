"""Queries for finalized assessments, as announced by scoring: the newest version of each."""

from dataclasses import fields
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from doj_gateway.domain.scores import Assessment
from doj_gateway.storage.tables import ASSESSMENTS
from shared.database.transaction import Transaction
from shared.errors import NotYetKnownError

NAMES = tuple(field.name for field in fields(Assessment))


async def upsert(tx: Transaction, assessment: Assessment) -> None:
    """Store an assessment, unless a newer version is stored already."""
    values = {name: getattr(assessment, name) for name in NAMES}
    statement = insert(ASSESSMENTS).values(**values)
    statement = statement.on_conflict_do_update(
        index_elements=[ASSESSMENTS.c.id],
        set_={name: statement.excluded[name] for name in NAMES if name != "id"},
        where=ASSESSMENTS.c.version < statement.excluded.version,
    )
    await tx.execute(statement)


async def known(tx: Transaction, assessment_id: UUID) -> Assessment:
    """Read an assessment. Raises NotYetKnownError until its event has arrived."""
    statement = select(*(ASSESSMENTS.c[name] for name in NAMES))
    row = (await tx.execute(statement.where(ASSESSMENTS.c.id == assessment_id))).mappings().first()
    if row is None:
        raise NotYetKnownError(
            f"assessment {assessment_id} has not arrived here yet", code="assessment-not-yet-known"
        )
    return Assessment(**row)


async def forget(tx: Transaction, assessment_id: UUID) -> None:
    """Delete an assessment. Scoring publishes its current state again."""
    await tx.execute(delete(ASSESSMENTS).where(ASSESSMENTS.c.id == assessment_id))
