"""Queries for the duties of all ledgers, which are stored from events by version."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Insert,
    RowMapping,
    Select,
    Subquery,
    bindparam,
    delete,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert

from shared.database.transaction import Transaction
from shared.events.duties import (
    DutyCanceled,
    DutyHandedOver,
    DutyMet,
    DutyMoved,
    DutyOpened,
    DutyPaused,
    DutyReopened,
    DutyResumed,
)
from shared.law.duty.duties import DutyState
from supervision.domain.owed_duties import Ledger, OwedDuty, OwingCase
from supervision.storage.duty_filters import OwedDutyFilter, found_by_arms
from supervision.storage.tables import CASES, KNOWN_DUTIES

DutyChange = (
    DutyOpened
    | DutyMet
    | DutyReopened
    | DutyPaused
    | DutyResumed
    | DutyCanceled
    | DutyHandedOver
    | DutyMoved
)
"""The events that change a duty. Notices of a due date do not."""
Place = tuple[date, UUID]
"""Where a page ended: due date and ID of the last duty shown."""
TOLD = (
    *("rule", "regime", "about_kind", "about_id", "case_id"),
    *("owner_role", "owner_agency", "owner_person"),
    *("started_on", "due_on", "due_at", "state", "version"),
)
"""Fields of an event that are stored in columns of the same name."""
OF_CASE = ("case_agency", "case_unit")


def upsert(tx: Transaction, ledger: Ledger, told: DutyChange) -> None:
    """Store a duty from an event, unless a later version of it is stored already."""
    values: dict[str, Any] = {name: getattr(told, name) for name in TOLD}
    met_on = told.met_on if isinstance(told, DutyMet) else None
    tx.write_soon(_KEEP, values | {"id": told.duty_id, "ledger": ledger, "met_on": met_on})


async def forget(tx: Transaction, duty_id: UUID) -> None:
    """Delete a duty. Its ledger publishes its current state again."""
    await tx.execute(delete(KNOWN_DUTIES).where(KNOWN_DUTIES.c.id == duty_id))


async def listed(
    tx: Transaction, narrowed: OwedDutyFilter, *, after: Place | None, limit: int
) -> Sequence[OwedDuty]:
    """Read up to `limit` + 1 duties that the actor may see, soonest due first."""
    found = _soonest(tx, narrowed, after, limit + 1)
    statement = (
        select(KNOWN_DUTIES, CASES.c.person_id, CASES.c.officer_id)
        .join(found, found.c.id == KNOWN_DUTIES.c.id)
        .outerjoin(CASES, CASES.c.id == KNOWN_DUTIES.c.case_id)
        .order_by(KNOWN_DUTIES.c.due_on, KNOWN_DUTIES.c.id)
        .limit(limit + 1)
    )
    return [_duty(row) for row in (await tx.execute(statement)).mappings()]


async def owing_cases(tx: Transaction, narrowed: OwedDutyFilter) -> Sequence[OwingCase]:
    """Read the cases of the duties that match a filter."""
    found = found_by_arms([KNOWN_DUTIES.c.case_id], tx, narrowed)
    columns = (CASES.c[field.name] for field in fields(OwingCase))
    statement = select(*columns).where(CASES.c.id.in_(select(found.c.case_id))).order_by(CASES.c.id)
    return [OwingCase(**row) for row in (await tx.execute(statement)).mappings()]


def _soonest(
    tx: Transaction, narrowed: OwedDutyFilter, after: Place | None, limit: int
) -> Subquery:
    """Select the first duties of each SELECT of the UNION by its own index."""
    place = (KNOWN_DUTIES.c.due_on, KNOWN_DUTIES.c.id)

    def first(part: Select[Any]) -> Select[Any]:
        if after is not None:
            part = part.where(tuple_(*place) > tuple_(*after))
        return part.order_by(*place).limit(limit)

    return found_by_arms([KNOWN_DUTIES.c.id], tx, narrowed, first)


def _upsert_statement() -> Insert:
    """Insert, or update to a later version. Agency and unit are copied from the case."""
    told = {
        name: bindparam(name, type_=KNOWN_DUTIES.c[name].type)
        for name in ("id", "ledger", *TOLD, "met_on")
    }
    given = select(*(value.label(name) for name, value in told.items())).subquery("told")
    rows = select(given, CASES.c.agency, CASES.c.unit).outerjoin_from(
        given, CASES, CASES.c.id == given.c.case_id
    )
    statement = insert(KNOWN_DUTIES).from_select([*told, *OF_CASE], rows)
    later: Mapping[str, ColumnElement[Any]] = {
        name: statement.excluded[name] for name in (*TOLD, *OF_CASE, "met_on")
    }
    return statement.on_conflict_do_update(
        index_elements=[KNOWN_DUTIES.c.id],
        set_=later,
        where=KNOWN_DUTIES.c.version < statement.excluded.version,
    )


_KEEP = _upsert_statement()


def _duty(row: RowMapping) -> OwedDuty:
    return OwedDuty(
        ledger=Ledger(row["ledger"]),
        case=_case(row),
        state=DutyState(row["state"]),
        **{
            name: row[name]
            for name in ("id", *TOLD, "met_on")
            if name not in {"case_id", "state", "version"}
        },
    )


def _case(row: RowMapping) -> OwingCase | None:
    if row["person_id"] is None:
        return None
    return OwingCase(
        id=row["case_id"],
        person_id=row["person_id"],
        agency=row["case_agency"],
        unit=row["case_unit"],
        officer_id=row["officer_id"],
    )
