"""Stores editions and calendars that were in use, by the hash of their contents.

So an old duty can always be explained by the rule and the calendar that counted it, whatever
today's files contain.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import CheckConstraint, Column, DateTime, MetaData, Table, Text, select
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction
from shared.errors import ConflictError
from shared.law.counting.calendars import Calendar
from shared.law.counting.deadlines import Deadline, deadline
from shared.law.counting.explanations import Pause
from shared.law.counting.rules import Edition
from shared.law.duty.duties import Duty
from shared.law.in_force import Law
from shared.law.reading.content_reading import calendar_of, edition_of
from shared.law.reading.law_files import LawKind


def attach_kept_laws(metadata: MetaData) -> Table:
    """Add the table to a service's tables."""
    kinds = ", ".join(f"'{kind}'" for kind in LawKind)
    return Table(
        "kept_laws",
        metadata,
        Column("hash", Text, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("content", Text, nullable=False),
        Column("kept_at", DateTime(timezone=True), nullable=False),
        CheckConstraint(f"kind IN ({kinds})", name="kind_is_known"),
    )


_KEPT = attach_kept_laws(MetaData())
_EDITIONS: dict[str, Edition] = {}
_CALENDARS: dict[str, Calendar] = {}


class KeptText(NamedTuple):
    """One stored edition or calendar."""

    kind: LawKind
    name: str
    hash: str
    content: str


class LawNotKeptError(ConflictError):
    """The law that counted a duty is not stored here, so the duty cannot be counted again."""


async def insert_law_if_new(tx: Transaction, law: Law) -> None:
    """Store the edition in force and every calendar; called until they are known to be stored.

    What one transaction or savepoint stores may be rolled back, so the process is sure only when a
    transaction that did not store them finds them.
    """
    if law.keeping.is_committed:
        return
    if await _put(tx, law):
        law.keeping.by.add(tx)
    elif tx not in law.keeping.by:
        law.keeping.is_committed = True


async def _put(tx: Transaction, law: Law) -> bool:
    return await insert_texts_if_new(tx, texts_of((law.edition,), law.calendars.values()))


def texts_of(editions: Iterable[Edition], calendars: Iterable[Calendar]) -> list[KeptText]:
    """The canonical texts of editions and calendars."""
    kept = [KeptText(LawKind.EDITION, each.name, each.hash, each.content) for each in editions]
    kept += [KeptText(LawKind.CALENDAR, each.name, each.hash, each.content) for each in calendars]
    return kept


async def insert_texts_if_new(tx: Transaction, texts: Sequence[KeptText]) -> bool:
    """Store the texts that are not stored yet; returns whether there were any."""
    rows = [{**text._asdict(), "kept_at": tx.now} for text in texts]
    statement = insert(_KEPT).values(rows).on_conflict_do_nothing().returning(_KEPT.c.hash)
    return (await tx.execute(statement)).first() is not None


async def edition_of_duty(tx: Transaction, law: Law, edition_hash: str) -> Edition:
    """Find the edition that counted a duty; raises LawNotKeptError."""
    if edition_hash == law.edition.hash:
        return law.edition
    if edition_hash not in _EDITIONS:
        _EDITIONS[edition_hash] = edition_of(await _content(tx, edition_hash))
    return _EDITIONS[edition_hash]


async def calendar_of_duty(tx: Transaction, law: Law, name: str, digest: str) -> Calendar:
    """Find the calendar that counted a duty; raises LawNotKeptError."""
    present = law.calendars.get(name)
    if present is not None and present.hash == digest:
        return present
    if digest not in _CALENDARS:
        _CALENDARS[digest] = calendar_of(await _content(tx, digest))
    return _CALENDARS[digest]


async def counted_again(tx: Transaction, law: Law, duty: Duty, pauses: Sequence[Pause]) -> Deadline:
    """Count a duty's deadline again under the law that last counted it; raises LawNotKeptError."""
    edition = await edition_of_duty(tx, law, duty.edition_hash)
    calendars = dict(law.calendars)
    if duty.calendar is not None and duty.calendar_hash is not None:
        counted_with = await calendar_of_duty(tx, law, duty.calendar, duty.calendar_hash)
        named = edition.rule(duty.rule).regime(duty.facts).calendar
        calendars[named or duty.calendar] = counted_with
    return deadline(edition, duty.rule, duty.facts, calendars, pauses)


async def _content(tx: Transaction, digest: str) -> str:
    found = await tx.execute(select(_KEPT.c.content).where(_KEPT.c.hash == digest))
    content: str | None = found.scalar_one_or_none()
    if content is None:
        raise LawNotKeptError(
            f"the law {digest[:12]} that counted this duty is not stored here",
            code="law-not-kept",
        )
    return content
