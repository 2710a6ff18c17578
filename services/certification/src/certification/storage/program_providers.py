"""Links between providers and programs, with the status of each on the day asked for."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    RowMapping,
    ScalarSelect,
    Select,
    func,
    or_,
    select,
    true,
    tuple_,
    update,
)

from certification.domain.applications import Level
from certification.domain.program_links import LinkedHolder, ProgramLink
from certification.domain.register import SPEAKS_LAST
from certification.domain.standings import Status
from certification.storage.tables.certifications import CERTIFICATION_STANDINGS, CERTIFICATIONS
from certification.storage.tables.programs import PROGRAM_PROVIDERS, PROGRAMS, PROVIDERS
from shared.database.transaction import Transaction
from shared.errors import NotFoundError

AT_ONCE = 500
COLUMNS = ("id", "program_id", "provider_id", "effective_from", "effective_until")
_LINKS = PROGRAM_PROVIDERS.c


async def insert(tx: Transaction, link: ProgramLink) -> None:
    """Store a new link."""
    await tx.insert(PROGRAM_PROVIDERS, **vars(link), is_announced=True)


async def update_end(tx: Transaction, link: ProgramLink) -> None:
    """Store the end of a link of a locked program; the link is locked too."""
    await tx.lock(PROGRAM_PROVIDERS, link.id)
    await tx.execute(
        update(PROGRAM_PROVIDERS)
        .where(_LINKS.id == link.id)
        .values(effective_until=link.effective_until)
    )


async def by_id(tx: Transaction, program_id: UUID, link_id: UUID) -> ProgramLink:
    """Read a link of a program; NotFoundError if there is none with this ID."""
    statement = select(PROGRAM_PROVIDERS).where(
        _LINKS.id == link_id, _LINKS.program_id == program_id
    )
    row = (await tx.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"the program has no link {link_id}", code="link-not-found")
    return _link(row)


async def take_unannounced(tx: Transaction) -> list[ProgramLink]:
    """Lock links that were never announced and mark them as announced, at most AT_ONCE."""
    statement = (
        select(PROGRAM_PROVIDERS)
        .where(~_LINKS.is_announced)
        .order_by(_LINKS.id)
        .limit(AT_ONCE)
        .with_for_update(key_share=True, skip_locked=True)
    )
    links = [_link(row) for row in (await tx.execute(statement)).mappings()]
    if links:
        taken = _LINKS.id.in_([link.id for link in links])
        await tx.execute(update(PROGRAM_PROVIDERS).where(taken).values(is_announced=True))
    for link in links:
        tx.count_as_locked(link.id)
    return links


async def of_pair(tx: Transaction, program_id: UUID, provider_id: UUID) -> list[ProgramLink]:
    """Read every link between a program and a provider, also past ones."""
    statement = (
        select(PROGRAM_PROVIDERS)
        .where(_LINKS.program_id == program_id, _LINKS.provider_id == provider_id)
        .order_by(_LINKS.effective_from, _LINKS.id)
    )
    return [_link(row) for row in (await tx.execute(statement)).mappings()]


async def providers_on(
    tx: Transaction,
    program_id: UUID,
    day: date,
    *,
    beyond: UUID | None = None,
    limit: int | None = None,
) -> list[LinkedHolder]:
    """Read a program's providers on a day, by name; one more than `limit`, if given.

    `beyond` is the last link of the page before, because a cursor must not contain a name.
    """
    statement = _linked(PROVIDERS, _LINKS.provider_id, day).where(
        _LINKS.program_id == program_id, holds_on(day)
    )
    if beyond is not None:
        behind = tuple_(PROVIDERS.c.name, _LINKS.id) > tuple_(_name_of(beyond), beyond)
        statement = statement.where(behind)
    statement = statement.order_by(PROVIDERS.c.name, _LINKS.id)
    found = await tx.execute(statement.limit(limit + 1) if limit else statement)
    return [_linked_of(row) for row in found.mappings()]


async def programs_of(tx: Transaction, provider_id: UUID, day: date) -> list[LinkedHolder]:
    """Read every program a provider ever worked with, with its status on a day."""
    statement = (
        _linked(PROGRAMS, _LINKS.program_id, day)
        .where(_LINKS.provider_id == provider_id)
        .order_by(_LINKS.effective_from, _LINKS.id)
    )
    return [_linked_of(row) for row in (await tx.execute(statement)).mappings()]


def holds_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a link is in effect on a day."""
    is_open = or_(_LINKS.effective_until.is_(None), _LINKS.effective_until > day)
    holds: ColumnElement[bool] = (_LINKS.effective_from <= day) & is_open
    return holds


def standing_of(holder_id: ColumnElement[UUID], day: date) -> FromClause:
    """Return a holder's status on a day as the register has it: certified comes first."""
    standings = CERTIFICATION_STANDINGS.c
    covers = (standings.effective_from <= day) & (
        standings.effective_until.is_(None) | (standings.effective_until > day)
    )
    return (
        select(standings.status, standings.level)
        .where(standings.holder_id == holder_id, covers)
        .order_by((standings.status != Status.CERTIFIED), standings.status.in_(SPEAKS_LAST))
        .order_by(standings.effective_from.desc(), standings.certification_id.desc())
        .limit(1)
        .lateral("standing")
    )


def _name_of(link_id: UUID) -> ScalarSelect[str]:
    link, provider = PROGRAM_PROVIDERS.alias(), PROVIDERS.alias()
    joined = link.join(provider, provider.c.id == link.c.provider_id)
    return select(provider.c.name).select_from(joined).where(link.c.id == link_id).scalar_subquery()


def _linked(
    holders: FromClause, holder_id: ColumnElement[UUID], day: date
) -> Select[tuple[object, ...]]:
    standing = standing_of(holder_id, day)
    number = (
        select(func.min(CERTIFICATIONS.c.number))
        .where(CERTIFICATIONS.c.holder_id == holder_id)
        .scalar_subquery()
    )
    return (
        select(
            PROGRAM_PROVIDERS,
            holders.c.name,
            number.label("number"),
            standing.c.status,
            standing.c.level,
        )
        .join(holders, holders.c.id == holder_id)
        .outerjoin(standing, true())
    )


def _link(row: RowMapping) -> ProgramLink:
    return ProgramLink(**{name: row[name] for name in COLUMNS})


def _linked_of(row: RowMapping) -> LinkedHolder:
    level, status = row["level"], row["status"]
    return LinkedHolder(
        link=_link(row),
        name=row["name"],
        number=row["number"],
        level=Level(level) if level else None,
        status=Status(status) if status else Status.NOT_YET_CERTIFIED,
    )
