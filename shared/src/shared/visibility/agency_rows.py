"""Which rows of an agency its staff may see, for tables with an agency and perhaps a unit.

With a unit in the token: that unit's rows and those of no unit. Without a unit: only those of no
unit, so that a forgotten restriction reveals nothing. The agency lead sees the whole agency, and so
do officers and supervisors whose token has the unit `*`. Officers also see what is theirs
personally, whatever its unit.
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
    """The condition on rows with these columns; `officer` is the person to whom the row belongs."""
    if actor.agency is None or not actor.has(*OF_AGENCIES):
        return false()
    return and_(agency == actor.agency, seen_of_unit(actor, unit=unit, officer=officer))


def seen_of_unit(
    actor: Actor, *, unit: ColumnElement[str], officer: ColumnElement[object] | None = None
) -> ColumnElement[bool]:
    """The part of the condition on the unit, for rows of the actor's own agency."""
    if actor.sees_every_unit:
        return true()
    seen: list[ColumnElement[bool]] = [unit.is_(None)]
    if actor.unit is not None:
        seen.append(unit == actor.unit)
    if officer is not None and actor.has(Role.OFFICER) and actor.person_id:
        seen.append(officer == actor.person_id)
    return or_(*seen)
