"""Which rows an actor may see; what exists but is not the actor's is not found.

Agencies' people see their own agency's, officers and supervisors with a unit their own unit's;
provider, program and examiner see the cases whose team they are in.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, exists, false, or_, true

from shared.security.principals import Actor, Role
from supervision.storage.tables import CASES, PERSONS, SHARED_SCORES, TEAMS

SEE_ALL = (Role.AUDITOR, Role.OPERATOR, Role.SERVICE)
SEE_UNIT = (Role.OFFICER, Role.UNIT_SUPERVISOR)


def sees_case(actor: Actor) -> ColumnElement[bool]:
    """The condition on `cases`."""
    if actor.has(*SEE_ALL):
        return true()
    return or_(_of_agency(CASES, actor), _in_team(actor))


def sees_person(actor: Actor) -> ColumnElement[bool]:
    """The condition on `persons`: the recording agency's, and of every case seen."""
    if actor.has(*SEE_ALL):
        return true()
    seen_case = exists().where(CASES.c.person_id == PERSONS.c.id, sees_case(actor))
    return or_(PERSONS.c.recorded_by_agency == actor.agency, seen_case)


def sees_share(actor: Actor) -> ColumnElement[bool]:
    """The condition on `shared_scores`: the receiving agency's and the sharing provider's."""
    if actor.has(*SEE_ALL):
        return true()
    seen = [_of_agency(SHARED_SCORES, actor)]
    if actor.has(Role.PROVIDER) and actor.provider:
        seen.append(SHARED_SCORES.c.provider_id == actor.provider)
    return or_(*seen)


def subject_id(actor: Actor) -> UUID | None:
    """The actor's own id; None for a client whose `sub` is no id."""
    try:
        return UUID(actor.subject)
    except ValueError:
        return None


def _of_agency(table: Table, actor: Actor) -> ColumnElement[bool]:
    own = table.c.agency == actor.agency
    if actor.agency is None:
        return false()
    if actor.has(Role.AGENCY_LEAD):
        return own
    if not actor.has(*SEE_UNIT):
        return false()
    if actor.unit is None:
        return own
    return and_(own, or_(table.c.unit.is_(None), table.c.unit == actor.unit))


def _in_team(actor: Actor) -> ColumnElement[bool]:
    members: list[ColumnElement[bool]] = []
    if actor.has(Role.PROVIDER) and actor.provider:
        members.append(TEAMS.c.provider_id == actor.provider)
    if actor.has(Role.PROGRAM_REPRESENTATIVE) and actor.program:
        members.append(TEAMS.c.program_id == actor.program)
    if actor.has(Role.EXAMINER) and (examiner := subject_id(actor)):
        members.append(TEAMS.c.examiner_id == examiner)
    if not members:
        return false()
    standing = TEAMS.c.effective_until.is_(None)
    return exists().where(TEAMS.c.case_id == CASES.c.id, standing, or_(*members))
