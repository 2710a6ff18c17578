"""Queries for contact attestations."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, select

from shared.database.transaction import Transaction
from supervision.domain.contacts import Attestation, Contact, Mode, Side, Topic
from supervision.domain.months import Month
from supervision.storage.tables import CONTACT_ATTESTATIONS


async def insert(tx: Transaction, attestation: Attestation) -> None:
    """Insert an attestation."""
    contact = attestation.contact
    await tx.insert(
        CONTACT_ATTESTATIONS,
        id=attestation.id,
        case_id=attestation.case_id,
        month=contact.month.first_day,
        side=attestation.side,
        contacted_on=contact.contacted_on,
        mode=contact.mode,
        topics=list(contact.topics),
        attested_by=attestation.attested_by,
        attested_at=attestation.attested_at,
    )


async def of_month(tx: Transaction, case_id: UUID, month: Month) -> Sequence[Attestation]:
    """Read the attestations of one month of a case."""
    every = await of_case(tx, case_id)
    return [each for each in every if each.contact.month == month]


async def of_case(tx: Transaction, case_id: UUID) -> Sequence[Attestation]:
    """Read all attestations of a case, ordered by month."""
    table = CONTACT_ATTESTATIONS
    statement = (
        select(table).where(table.c.case_id == case_id).order_by(table.c.month, table.c.attested_at)
    )
    return [_attestation(row) for row in (await tx.execute(statement)).mappings()]


def _attestation(row: RowMapping) -> Attestation:
    contact = Contact(
        month=Month(row["month"]),
        contacted_on=row["contacted_on"],
        mode=Mode(row["mode"]),
        topics=tuple(Topic(topic) for topic in row["topics"]),
    )
    return Attestation(
        id=row["id"],
        case_id=row["case_id"],
        side=Side(row["side"]),
        contact=contact,
        attested_by=row["attested_by"],
        attested_at=row["attested_at"],
    )
