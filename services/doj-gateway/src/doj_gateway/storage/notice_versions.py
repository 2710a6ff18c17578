"""Queries for the versions of a notice, whose content is stored encrypted."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, select

from doj_gateway.domain.notices import DojNotice
from doj_gateway.domain.said_notices import SaidNotice
from doj_gateway.storage.tables import NOTICE_VERSIONS
from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.security.personal_fields import PersonalFields

COLUMN = "notices.identifiers"
NAMES = tuple(field.name for field in fields(SaidNotice))


@dataclass(frozen=True)
class NoticeVersion:
    """One version of a notice, as DOJ wrote it."""

    id: UUID
    number: int
    received_at: datetime
    said: SaidNotice


async def insert(
    tx: Transaction, notice: DojNotice, said: SaidNotice, fields_: PersonalFields
) -> NoticeVersion:
    """Store the content of a notice as its newest version."""
    version = NoticeVersion(new_id(), notice.version, tx.now, said)
    content = json.dumps(asdict(said), sort_keys=True).encode()
    await tx.insert(
        NOTICE_VERSIONS,
        id=version.id,
        notice_id=notice.id,
        number=version.number,
        received_at=version.received_at,
        said_sealed=fields_.seal(content, column=COLUMN, row_id=version.id),
    )
    return version


async def of_notice(
    tx: Transaction, notice: DojNotice, fields_: PersonalFields
) -> Sequence[NoticeVersion]:
    """Decrypt all versions of a notice, newest first."""
    statement = (
        select(NOTICE_VERSIONS)
        .where(NOTICE_VERSIONS.c.notice_id == notice.id)
        .order_by(NOTICE_VERSIONS.c.number.desc())
    )
    rows = (await tx.execute(statement)).mappings()
    return [
        NoticeVersion(row["id"], row["number"], row["received_at"], _said(row, notice, fields_))
        for row in rows
    ]


def _said(row: RowMapping, notice: DojNotice, fields_: PersonalFields) -> SaidNotice:
    """Old versions contain only the person; their other fields come from the notice."""
    content = fields_.open(row["said_sealed"], column=COLUMN, row_id=row["id"])
    told: dict[str, str | None] = {
        "instrument": notice.instrument,
        "assessed_on": notice.assessed_on.isoformat() if notice.assessed_on else None,
        "seen_at": notice.seen_at.isoformat() if notice.seen_at else None,
    } | json.loads(content)
    return SaidNotice(**{name: told.get(name) for name in NAMES})
