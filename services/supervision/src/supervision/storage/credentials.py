"""What certification announced: certifications and examiners' standings, as known here."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction
from shared.law.validity import Validity
from supervision.domain.teams import Credentials, Members
from supervision.storage.tables import CERTIFICATIONS, EXAMINER_STANDINGS

_KEEP_CERTIFICATION = insert(CERTIFICATIONS).on_conflict_do_nothing()
_KEEP_STANDING = insert(EXAMINER_STANDINGS).on_conflict_do_nothing()


def keep_certification(
    tx: Transaction, certification_id: UUID, *, kind: str, holder_id: UUID, held: Validity
) -> None:
    """Keep a certification; one already kept is left as it is."""
    values = {"id": certification_id, "kind": kind, "holder_id": holder_id, **held.__dict__}
    tx.write_soon(_KEEP_CERTIFICATION, values)


def keep_standing(tx: Transaction, standing_id: UUID, *, examiner_id: UUID, held: Validity) -> None:
    """Keep an examiner's standing; one already kept is left as it is."""
    tx.write_soon(_KEEP_STANDING, {"id": standing_id, "examiner_id": examiner_id, **held.__dict__})


async def of_members(tx: Transaction, members: Members) -> Credentials:
    """Read all that is known of the members of a team."""
    return Credentials(
        provider=await _certifications(tx, "provider", members.provider_id),
        program=await _certifications(tx, "program", members.program_id),
        examiner=await _standings(tx, members.examiner_id),
    )


async def _certifications(tx: Transaction, kind: str, holder_id: UUID) -> Sequence[Validity]:
    table = CERTIFICATIONS.c
    statement = select(table.effective_from, table.effective_until).where(
        table.kind == kind, table.holder_id == holder_id
    )
    return [
        Validity(row.effective_from, row.effective_until) for row in await tx.execute(statement)
    ]


async def _standings(tx: Transaction, examiner_id: UUID) -> Sequence[Validity]:
    table = EXAMINER_STANDINGS.c
    statement = select(table.effective_from, table.effective_until).where(
        table.examiner_id == examiner_id
    )
    return [
        Validity(row.effective_from, row.effective_until) for row in await tx.execute(statement)
    ]


async def _validities(tx: Transaction, statement: Select[tuple[date, date]]) -> Sequence[Validity]:
    return [Validity(**row) for row in (await tx.execute(statement)).mappings()]
