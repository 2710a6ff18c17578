"""Filters of duty lists, as SQL conditions that the indexes of `known_duties` serve.

What an actor may see is found by several indexes. The query is therefore a UNION with one SELECT
per index, so that each SELECT can read its index in order of due date.
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
"""Literal SQL, because the planner cannot use the partial indexes with a parameter."""


@dataclass(frozen=True)
class OwedDutyFilter:
    """Filters of a duty list. None does not filter, but without a state only unmet duties match.

    `agency` matches duties in its cases, whoever owes them, and duties that it owes elsewhere.
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
        """Whether one index finds all matches: a person, case or program is given."""
        narrow = (self.person_id, self.owner_person, self.program, self.case_id)
        return any(each is not None for each in narrow)


def _arms(actor: Actor, narrowed: OwedDutyFilter) -> list[ColumnElement[bool]]:
    """Combine what the actor may see with the agency or unit filter, one condition per index.

    A unit code is unique only within its agency. Raises InvalidInputError if neither the filter nor
    the actor names the agency.
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
    """Build the UNION of one SELECT per index. It removes duplicate rows, so select the IDs too."""
    conditions = narrowing(narrowed, tx.now)
    parts = [select(*columns).where(arm, *conditions) for arm in _parts(tx.actor, narrowed)]
    shaped = [shape(part) for part in parts]
    return (union(*shaped) if len(shaped) > 1 else shaped[0]).subquery("found")


def narrowing(narrowed: OwedDutyFilter, now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions other than visibility, agency and unit."""
    return [is_reported(), *_same(narrowed), *_of_case(narrowed), *_of_state(narrowed, now)]


def is_reported() -> ColumnElement[bool]:
    """Condition that the duty's rule is not left out of the overview and reports."""
    return KNOWN_DUTIES.c.rule.not_in([each.rule for each in NOT_REPORTED])


def _of_unit(agency: str | None, unit: str) -> ColumnElement[bool]:
    if agency is None:
        raise InvalidInputError(
            "a filter by unit needs the agency too, because the caller belongs to none",
            code="unit-without-agency",
            faults=[Fault("unit", "requires `agency`")],
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
