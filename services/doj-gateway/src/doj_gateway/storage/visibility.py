"""Which rows an actor may see; what exists but is not the actor's is not found.

Agencies' people see what concerns the cases their agency supervises now (with a unit: their own
unit's); a provider sees what it scored, a program's representative what was scored in the program.
"""

from sqlalchemy import ColumnElement, Table, and_, exists, false, or_, true

from doj_gateway.storage.tables import CASES
from shared.security.principals import Actor, Role

SEE_ALL = (Role.AUDITOR, Role.OPERATOR)
SEE_UNIT = (Role.OFFICER, Role.UNIT_SUPERVISOR)


def seen_by(actor: Actor, table: Table) -> ColumnElement[bool]:
    """The condition on a table whose rows have a case, a provider and a program."""
    if actor.has(*SEE_ALL):
        return true()
    seen = [_of_agency(actor, table)]
    if actor.has(Role.PROVIDER) and actor.provider:
        seen.append(table.c.provider_id == actor.provider)
    if actor.has(Role.PROGRAM_REPRESENTATIVE) and actor.program:
        seen.append(table.c.program_id == actor.program)
    return or_(*seen)


def _of_agency(actor: Actor, table: Table) -> ColumnElement[bool]:
    if actor.agency is None or not actor.has(Role.AGENCY_LEAD, *SEE_UNIT):
        return false()
    own = and_(CASES.c.id == table.c.case_id, CASES.c.agency == actor.agency)
    if actor.unit is not None and not actor.has(Role.AGENCY_LEAD):
        own = and_(own, or_(CASES.c.unit.is_(None), CASES.c.unit == actor.unit))
    return exists().where(own)
