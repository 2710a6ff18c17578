"""SQL conditions for the rows that an actor may see. Other rows are reported as not found.

Agency users see records of the cases that their unit supervises now. A provider sees records of
the scores that it made, a program representative those of scores made in the program.
"""

from sqlalchemy import ColumnElement, Table, exists, or_, true

from doj_gateway.storage.tables import CASES
from shared.security.principals import Actor, Role
from shared.visibility.agency_rows import seen_in_agency

SEE_ALL = (Role.AUDITOR, Role.OPERATOR)


def seen_by(actor: Actor, table: Table) -> ColumnElement[bool]:
    """Return the condition on a table whose rows have a case, a provider and a program."""
    if actor.has(*SEE_ALL):
        return true()
    seen = [_of_agency(actor, table)]
    if actor.has(Role.PROVIDER) and actor.provider:
        seen.append(table.c.provider_id == actor.provider)
    if actor.has(Role.PROGRAM_REPRESENTATIVE) and actor.program:
        seen.append(table.c.program_id == actor.program)
    return or_(*seen)


def _of_agency(actor: Actor, table: Table) -> ColumnElement[bool]:
    case = CASES.c
    own = seen_in_agency(actor, agency=case.agency, unit=case.unit, officer=case.officer_id)
    return exists().where(case.id == table.c.case_id, own)
