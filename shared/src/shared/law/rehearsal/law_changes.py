"""The log of applied changes of law: who, why, how far, and the result."""

from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    MetaData,
    RowMapping,
    Table,
    Text,
    Uuid,
    select,
    text,
    update,
)

from shared.database.transaction import Transaction
from shared.identifiers import new_id
from shared.law.reading.law_files import LawKind
from shared.law.rehearsal.proposals import Proposal


def attach_law_changes(metadata: MetaData) -> Table:
    """Add the table to a service's tables; each content has at most one unfinished change."""
    kinds = ", ".join(f"'{kind}'" for kind in LawKind)
    table = Table(
        "law_changes",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("hash", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("actor", Text, nullable=False),
        Column("started_at", DateTime(timezone=True), nullable=False),
        Column("finished_at", DateTime(timezone=True)),
        Column("looked_through", Uuid),
        Column("looked_at", BigInteger, nullable=False),
        Column("moved", BigInteger, nullable=False),
        Column("ended", BigInteger, nullable=False),
        Column("left_alone", BigInteger, nullable=False),
        CheckConstraint(f"kind IN ({kinds})", name="kind_is_known"),
    )
    Index(
        "uq_law_changes_unfinished",
        *(table.c.kind, table.c.hash),
        unique=True,
        postgresql_where=text("finished_at IS NULL"),
    )
    return table


LAW_CHANGES = attach_law_changes(MetaData())


async def take_turns(tx: Transaction) -> None:
    """Prevent others from starting or resuming a change until this transaction ends."""
    await tx.execute(text("LOCK TABLE law_changes IN SHARE ROW EXCLUSIVE MODE"))


async def unfinished(tx: Transaction, proposal: Proposal) -> UUID | None:
    """Find the latest unfinished change to this content.

    One that was followed by another change is not resumed, because its moves may have been
    reversed.
    """
    statement = (
        select(LAW_CHANGES)
        .where(LAW_CHANGES.c.kind == proposal.kind)
        .order_by(LAW_CHANGES.c.id.desc())
        .limit(1)
    )
    last = (await tx.execute(statement)).mappings().one_or_none()
    if last is None or last["finished_at"] is not None or last["hash"] != proposal.hash:
        return None
    found: UUID = last["id"]
    return found


async def begin(tx: Transaction, proposal: Proposal, reason: str) -> UUID:
    """Record the start; an unfinished change of the same kind stops where it is."""
    ended = update(LAW_CHANGES).where(
        LAW_CHANGES.c.kind == proposal.kind, LAW_CHANGES.c.finished_at.is_(None)
    )
    await tx.execute(ended.values(finished_at=tx.now))
    change_id = new_id()
    await tx.insert(
        LAW_CHANGES,
        id=change_id,
        kind=proposal.kind,
        name=proposal.name,
        hash=proposal.hash,
        reason=reason,
        actor=tx.actor.subject,
        started_at=tx.now,
        looked_at=0,
        moved=0,
        ended=0,
        left_alone=0,
    )
    return change_id


async def locked(tx: Transaction, change_id: UUID) -> RowMapping:
    """Read and lock the change, so that two runs of it alternate."""
    row = await tx.lock(LAW_CHANGES, change_id)
    if row is None:
        raise LookupError(f"there is no change {change_id}")
    return row


async def advance(
    tx: Transaction, row: RowMapping, through: UUID, looked_at: int, counts: dict[str, int]
) -> None:
    """Record the position; the caller holds the lock."""
    grown = {name: row[name] + count for name, count in counts.items()}
    await tx.execute(
        update(LAW_CHANGES)
        .where(LAW_CHANGES.c.id == row["id"])
        .values(looked_through=through, looked_at=row["looked_at"] + looked_at, **grown)
    )


async def finish(tx: Transaction, row: RowMapping) -> None:
    """Record that it is finished."""
    statement = update(LAW_CHANGES).where(LAW_CHANGES.c.id == row["id"])
    await tx.execute(statement.values(finished_at=tx.now))
