"""Which rows an actor may see; what exists but is not the actor's is not found.

Agencies' people see their own unit's or, where they see every unit, their agency's, and officers
the cases they supervise themselves; provider, program and examiner see the cases whose team they
are in, until another takes over.
"""

from datetime import date

from sqlalchemy import ColumnElement, Table, and_, exists, false, or_, true

from shared.database.transaction import Transaction
from shared.security.principals import Actor, Role
from shared.visibility.agency_rows import seen_in_agency
from supervision.storage.tables import CASES, PERSONS, SHARED_SCORES, TEAMS

SEE_ALL = (Role.AUDITOR, Role.OPERATOR)


def sees_case(tx: Transaction) -> ColumnElement[bool]:
    """The condition on `cases`."""
    if tx.actor.has(*SEE_ALL):
        return true()
    return or_(_of_agency(CASES, tx.actor), _in_team(tx))


def treated_on(tx: Transaction, day: date) -> ColumnElement[bool]:
    """The condition on `cases` that the actor was the provider of the team on a day."""
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
    """The condition on `persons`: the recording agency's, and of every case seen."""
    if tx.actor.has(*SEE_ALL):
        return true()
    seen_case = exists().where(CASES.c.person_id == PERSONS.c.id, sees_case(tx))
    return or_(PERSONS.c.recorded_by_agency == tx.actor.agency, seen_case)


def sees_share(tx: Transaction) -> ColumnElement[bool]:
    """The condition on `shared_scores`: the receiving agency's and the sharing provider's."""
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
    """Of the team at work or of one that will be: a team sees the case until another takes over."""
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
