"""Which rows of an agency its people see, wherever rows belong to an agency and, it may be, a unit.

With a unit in the token: that unit's and those of no unit. Without one: those of no unit alone; a
token that was forgotten to be narrowed opens nothing. The whole agency is the agency lead's, and
that of officers and supervisors whose token names the unit `*`. What an officer holds in person
stays in sight, whatever its unit.
"""

from sqlalchemy import ColumnElement, and_, false, or_, true

from shared.security.principals import Actor, Role

OF_AGENCIES = (Role.OFFICER, Role.UNIT_SUPERVISOR, Role.AGENCY_LEAD)


def seen_in_agency(
    actor: Actor,
    *,
    agency: ColumnElement[str],
    unit: ColumnElement[str],
    officer: ColumnElement[object] | None = None,
) -> ColumnElement[bool]:
    """The condition on rows with these columns; `officer` is the person who holds the row."""
    if actor.agency is None or not actor.has(*OF_AGENCIES):
        return false()
    return and_(agency == actor.agency, seen_of_unit(actor, unit=unit, officer=officer))


def seen_of_unit(
    actor: Actor, *, unit: ColumnElement[str], officer: ColumnElement[object] | None = None
) -> ColumnElement[bool]:
    """The part of the condition that is about the unit, for rows of the actor's own agency."""
    if actor.sees_every_unit:
        return true()
    seen: list[ColumnElement[bool]] = [unit.is_(None)]
    if actor.unit is not None:
        seen.append(unit == actor.unit)
    if officer is not None and actor.has(Role.OFFICER) and actor.person_id:
        seen.append(officer == actor.person_id)
    return or_(*seen)
