"""What a list of duties is narrowed to, as conditions that the indexes of `known_duties` serve.

What an asker may see is spread over several indexes. So that each can be read in the order of the
due dates, the list is put together of arms: one condition per index, read apart and merged.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Select, Subquery, literal_column, or_, select, union

from shared.database.transaction import Transaction
from shared.errors import Fault, InvalidInputError
from shared.law.duty.duties import DutyState
from shared.law.duty.duty_tables import IS_UNMET
from shared.law.duty.overdue import is_overdue
from shared.security.principals import Actor
from supervision.domain.not_reported import NOT_REPORTED
from supervision.domain.owed_duties import Ledger
from supervision.storage.duty_visibility import owed_elsewhere_by, seen_by
from supervision.storage.tables import CASES, KNOWN_DUTIES

IS_UNMET_CLAUSE: ColumnElement[bool] = literal_column(f"known_duties.{IS_UNMET}", Boolean)
"""Written out: a parameter would keep the planner from the partial indexes."""


@dataclass(frozen=True)
class OwedDutyFilter:
    """What a list is narrowed to; None leaves it as it is, but no state means what is unmet.

    `agency` narrows to what is owed in its cases, whoever owes it, and what it owes elsewhere.
    """

    person_id: UUID | None = None
    owner_role: str | None = None
    owner_person: UUID | None = None
    agency: str | None = None
    unit: str | None = None
    program: UUID | None = None
    case_id: UUID | None = None
    rule: str | None = None
    ledger: Ledger | None = None
    state: DutyState | None = None
    overdue: bool | None = None
    due_before: date | None = None

    @property
    def is_selective(self) -> bool:
        """Whether one index finds it all, whoever asks: what one person, case or program owes."""
        narrow = (self.person_id, self.owner_person, self.program, self.case_id)
        return any(each is not None for each in narrow)


def _arms(actor: Actor, narrowed: OwedDutyFilter) -> list[ColumnElement[bool]]:
    """What the asker may see and the agency or unit asked for, one condition per index.

    A unit's code means something within its agency alone; InvalidInputError where neither the
    filter nor the asker names one.
    """
    seen = seen_by(actor)
    agency = narrowed.agency
    if narrowed.unit is not None:
        return [arm & _of_unit(agency or actor.agency, narrowed.unit) for arm in seen]
    if agency is None:
        return seen
    of_agency = (KNOWN_DUTIES.c.case_agency == agency, owed_elsewhere_by(agency))
    return [arm & part for arm in seen for part in of_agency]


def _parts(actor: Actor, narrowed: OwedDutyFilter) -> list[ColumnElement[bool]]:
    found = _arms(actor, narrowed)
    return [or_(*found)] if narrowed.is_selective else found


def found_by_arms(
    columns: Sequence[ColumnElement[Any]],
    tx: Transaction,
    narrowed: OwedDutyFilter,
    shape: Callable[[Select[Any]], Select[Any]] = lambda each: each,
) -> Subquery:
    """Select from each arm by itself, each row once: what counts duties selects their ids too."""
    conditions = narrowing(narrowed, tx.now)
    parts = [select(*columns).where(arm, *conditions) for arm in _parts(tx.actor, narrowed)]
    shaped = [shape(part) for part in parts]
    return (union(*shaped) if len(shaped) > 1 else shaped[0]).subquery("found")


def narrowing(narrowed: OwedDutyFilter, now: datetime) -> list[ColumnElement[bool]]:
    """Return every other condition."""
    return [is_reported(), *_same(narrowed), *_of_case(narrowed), *_of_state(narrowed, now)]


def is_reported() -> ColumnElement[bool]:
    """Whether overview and reports say anything of the duty's rule."""
    return KNOWN_DUTIES.c.rule.not_in([each.rule for each in NOT_REPORTED])


def _of_unit(agency: str | None, unit: str) -> ColumnElement[bool]:
    if agency is None:
        raise InvalidInputError(
            "name the agency whose unit it is",
            code="unit-without-agency",
            faults=[Fault("unit", "needs the agency beside it")],
        )
    return (KNOWN_DUTIES.c.case_agency == agency) & (KNOWN_DUTIES.c.case_unit == unit)


def _same(narrowed: OwedDutyFilter) -> list[ColumnElement[bool]]:
    same = {
        "owner_role": narrowed.owner_role,
        "owner_person": narrowed.owner_person,
        "case_id": narrowed.case_id,
        "rule": narrowed.rule,
        "ledger": narrowed.ledger,
        "state": narrowed.state,
    }
    return [KNOWN_DUTIES.c[name] == value for name, value in same.items() if value is not None]


def _of_case(narrowed: OwedDutyFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if narrowed.person_id is not None:
        cases = select(CASES.c.id).where(CASES.c.person_id == narrowed.person_id)
        conditions.append(KNOWN_DUTIES.c.case_id.in_(cases))
    if narrowed.program is not None:
        conditions.append(owed_elsewhere_by(str(narrowed.program)))
    return conditions


def _of_state(narrowed: OwedDutyFilter, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if narrowed.state is None:
        conditions.append(IS_UNMET_CLAUSE)
    if narrowed.overdue is not None:
        overdue = is_overdue(KNOWN_DUTIES, now)
        conditions.append(overdue if narrowed.overdue else ~overdue)
    if narrowed.due_before is not None:
        conditions.append(KNOWN_DUTIES.c.due_on < narrowed.due_before)
    return conditions
