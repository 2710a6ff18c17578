"""Which duties an actor may see: those of the cases it sees, and those that are its own to meet.

An agency's people see what is owed in their unit's cases and those of no unit, whoever owes it (in
all of the agency's where they see every unit), and what the agency owes elsewhere. Providers,
programs, examiners and applicants see what they owe themselves. The Board sees what is owed in no
case: what is owed for a supervised person is none of its business.
"""

from sqlalchemy import Boolean, ColumnElement, false, literal_column, true

from shared.law.duty.duty_queries import SEE_AGENCY, SEE_ALL, SEE_BOARDS, SEE_OWN, SEE_PROGRAM
from shared.security.principals import Actor, Role
from supervision.storage.known_duties_table import HAS_NO_CASE
from supervision.storage.tables import KNOWN_DUTIES

READERS = (*SEE_ALL, *SEE_BOARDS, *SEE_AGENCY, *SEE_PROGRAM, *SEE_OWN)
_DUTY = KNOWN_DUTIES.c


def seen_by(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the conditions of which one must hold; each is what one index can find."""
    if actor.has(*SEE_ALL):
        return [true()]
    seen = [*_boards(actor), *_agencys(actor), *_programs(actor), *_own(actor)]
    return seen or [false()]


def owed_elsewhere_by(owner: str) -> ColumnElement[bool]:
    """Owed by an agency, or by a program's id, that does not supervise the case."""
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
    """What an officer owes stays in sight when the case is another unit's."""
    if actor.person_id is None or not actor.has(*SEE_OWN, Role.OFFICER):
        return []
    return [_DUTY.owner_person == actor.person_id]
