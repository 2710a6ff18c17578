"""SQL conditions for the rows that an actor may see. Other rows are reported as not found.

Agency users see the cases of their own unit, or of the whole agency if their token names every
unit. Officers also see the cases that they supervise. Providers, programs and examiners see the
cases of their team until another team takes over.
"""

from datetime import date

from sqlalchemy import ColumnElement, Table, and_, exists, false, or_, true

from shared.database.transaction import Transaction
from shared.security.principals import Actor, Role
from shared.visibility.agency_rows import seen_in_agency
from supervision.storage.tables import CASES, PERSONS, SHARED_SCORES, TEAMS

SEE_ALL = (Role.AUDITOR, Role.OPERATOR)


def sees_case(tx: Transaction) -> ColumnElement[bool]:
    """Return the condition on `cases`."""
    if tx.actor.has(*SEE_ALL):
        return true()
    return or_(_of_agency(CASES, tx.actor), _in_team(tx))


def treated_on(tx: Transaction, day: date) -> ColumnElement[bool]:
    """Return the condition on `cases` that the actor was the team's provider on that day."""
    actor = tx.actor
    if not actor.has(Role.PROVIDER) or actor.provider is None:
        return false()
    until = TEAMS.c.effective_until
    found = exists().where(
        TEAMS.c.case_id == CASES.c.id,
        TEAMS.c.provider_id == actor.provider,
        TEAMS.c.effective_from <= day,
        or_(until.is_(None), until > day),
    )
    return found.correlate(CASES)


def sees_person(tx: Transaction) -> ColumnElement[bool]:
    """Return the condition on `persons`: recorded by the actor's agency, or in a visible case."""
    if tx.actor.has(*SEE_ALL):
        return true()
    seen_case = exists().where(CASES.c.person_id == PERSONS.c.id, sees_case(tx))
    return or_(PERSONS.c.recorded_by_agency == tx.actor.agency, seen_case)


def sees_share(tx: Transaction) -> ColumnElement[bool]:
    """Return the condition on `shared_scores`: received by the agency, or shared by the actor."""
    actor = tx.actor
    if actor.has(*SEE_ALL):
        return true()
    seen = [_of_agency(SHARED_SCORES, actor)]
    if actor.has(Role.PROVIDER) and actor.provider:
        seen.append(SHARED_SCORES.c.provider_id == actor.provider)
    return or_(*seen)


def _of_agency(table: Table, actor: Actor) -> ColumnElement[bool]:
    case = table.c
    return seen_in_agency(actor, agency=case.agency, unit=case.unit, officer=case.officer_id)


def _in_team(tx: Transaction) -> ColumnElement[bool]:
    """Members of the current team and of future teams see the case; former members do not."""
    actor, members = tx.actor, []
    if actor.has(Role.PROVIDER) and actor.provider:
        members.append(TEAMS.c.provider_id == actor.provider)
    if actor.has(Role.PROGRAM_REPRESENTATIVE) and actor.program:
        members.append(TEAMS.c.program_id == actor.program)
    if actor.has(Role.EXAMINER) and actor.person_id:
        members.append(TEAMS.c.examiner_id == actor.person_id)
    if not members:
        return false()
    until = TEAMS.c.effective_until
    has_work_left = and_(until > tx.today, until > TEAMS.c.effective_from)
    works = or_(until.is_(None), has_work_left)
    found = exists().where(TEAMS.c.case_id == CASES.c.id, works, or_(*members))
    return found.correlate(CASES)
