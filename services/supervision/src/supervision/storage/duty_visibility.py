"""SQL conditions for the duties that an actor may see.

Agency users see the duties in cases of their unit and in cases without a unit, whoever owes them,
and the duties that the agency owes elsewhere; if their token names every unit, the duties in all
cases of the agency. Providers, programs, examiners and applicants see the duties that they owe. The
Board sees only duties that belong to no case, because it does not supervise persons.
"""

from sqlalchemy import Boolean, ColumnElement, false, literal_column, true

from shared.law.duty.duty_queries import SEE_AGENCY, SEE_ALL, SEE_BOARDS, SEE_OWN, SEE_PROGRAM
from shared.security.principals import Actor, Role
from supervision.storage.known_duties_table import HAS_NO_CASE
from supervision.storage.tables import KNOWN_DUTIES

READERS = (*SEE_ALL, *SEE_BOARDS, *SEE_AGENCY, *SEE_PROGRAM, *SEE_OWN)
_DUTY = KNOWN_DUTIES.c


def seen_by(actor: Actor) -> list[ColumnElement[bool]]:
    """Return conditions of which at least one must hold. One index serves each of them."""
    if actor.has(*SEE_ALL):
        return [true()]
    seen = [*_boards(actor), *_agencys(actor), *_programs(actor), *_own(actor)]
    return seen or [false()]


def owed_elsewhere_by(owner: str) -> ColumnElement[bool]:
    """Duties owed by this agency code or program ID, which does not supervise the case."""
    return (_DUTY.owner_agency == owner) & _DUTY.owner_agency.is_distinct_from(_DUTY.case_agency)


def _boards(actor: Actor) -> list[ColumnElement[bool]]:
    if not actor.has(*SEE_BOARDS):
        return []
    return [literal_column(f"known_duties.{HAS_NO_CASE}", Boolean)]


def _agencys(actor: Actor) -> list[ColumnElement[bool]]:
    if actor.agency is None or not actor.has(*SEE_AGENCY):
        return []
    of_cases = _DUTY.case_agency == actor.agency
    owed = owed_elsewhere_by(actor.agency)
    if actor.sees_every_unit:
        return [of_cases, owed]
    of_unit = [] if actor.unit is None else [of_cases & (_DUTY.case_unit == actor.unit)]
    return [*of_unit, of_cases & _DUTY.case_unit.is_(None), owed]


def _programs(actor: Actor) -> list[ColumnElement[bool]]:
    if not actor.has(*SEE_PROGRAM):
        return []
    seen = []
    if actor.provider:
        seen.append(_DUTY.owner_person == actor.provider)
    if actor.program:
        seen += [owed_elsewhere_by(str(actor.program)), _DUTY.owner_person == actor.program]
    return seen


def _own(actor: Actor) -> list[ColumnElement[bool]]:
    """Officers see the duties that they owe even in cases of another unit."""
    if actor.person_id is None or not actor.has(*SEE_OWN, Role.OFFICER):
        return []
    return [_DUTY.owner_person == actor.person_id]
