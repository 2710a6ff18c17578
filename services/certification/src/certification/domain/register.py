"""The register: the status of the holder of a public number on a day.

A number belongs to its holder and may have had several certifications, because each renewal and
upgrade is one. If several apply on a day, a certified one comes first, else the one whose status
began last. Voided and replaced ones count only if there is no other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from certification.domain.amendments import Period, public_conditions_on, told_on
from certification.domain.applications import Kind, Level
from certification.domain.standings import Standing, Status
from shared.errors import Fault, InvalidInputError

IN_FORCE = (Status.CERTIFIED, Status.SUSPENDED)
"""A suspension interrupts the right to treat, not the certification."""
SPEAKS_LAST = (Status.VOIDED, Status.REPLACED)


@dataclass(frozen=True)
class HeldStanding:
    """A status period of one of a holder's certifications."""

    certification_id: UUID
    level: Level | None
    standing: Standing


@dataclass(frozen=True)
class Holder:
    """The holder of a number, with all status periods."""

    kind: Kind
    number: str
    name: str
    held: Sequence[HeldStanding]
    names: Sequence[Period] = ()
    """The names with their periods; empty if the name never changed."""
    conditions: Mapping[UUID, Sequence[Period]] = field(default_factory=dict)
    """Public conditions with their periods, by certification; those without any are left out."""


@dataclass(frozen=True)
class RegisterStep:
    """A period with one status and level; the last one has no end."""

    status: Status
    level: Level | None
    effective_from: date
    effective_until: date | None


@dataclass(frozen=True)
class RegisterEntry:
    """The register's entry for a holder on a day, as known now."""

    kind: Kind
    number: str
    name: str
    level: Level | None
    status: Status
    since: date | None
    """First day of the unbroken time with this status; None before the first certification."""
    certified_since: date | None
    """First day of the unbroken time in force around the day, including suspensions."""
    effective_until: date | None
    """First day on which it is no longer in force, as far as known now."""
    next_change: RegisterStep | None
    conditions: Sequence[str] = ()
    """Public conditions of the certification in force on the day."""


def refuse_future(as_of: date, today: date) -> None:
    """Raise InvalidInputError for a future day, because later changes are not known yet."""
    if as_of > today:
        raise InvalidInputError(
            f"{as_of} is in the future; the register answers for days up to {today}",
            code="as-of-in-future",
            faults=[Fault("as_of", f"must not be after {today}")],
        )


def steps_of(holder: Holder) -> tuple[RegisterStep, ...]:
    """Return the periods of a holder, oldest first; equal neighboring periods are joined."""
    return tuple(_joined(list(_days_of_change(holder.held))))


def entry_on(holder: Holder, day: date) -> RegisterEntry:
    """Return the register's entry for a day."""
    steps = steps_of(holder)
    before = [step for step in steps if step.effective_from <= day]
    coming = steps[len(before) :]
    now = before[-1] if before else None
    return RegisterEntry(
        kind=holder.kind,
        number=holder.number,
        name=_name_on(holder, day),
        level=now.level if now else None,
        status=now.status if now else Status.NOT_YET_CERTIFIED,
        since=_begin_of(before, (now.status,)) if now else None,
        certified_since=_begin_of(before, IN_FORCE),
        effective_until=_end_of(now, coming),
        next_change=coming[0] if coming else None,
        conditions=_conditions_on(holder, day) if now and now.status in IN_FORCE else (),
    )


def _name_on(holder: Holder, day: date) -> str:
    return str(told_on(holder.names, day)["name"]) if holder.names else holder.name


def _conditions_on(holder: Holder, day: date) -> tuple[str, ...]:
    speaks = max((each for each in holder.held if each.standing.covers(day)), key=_weight)
    periods = holder.conditions.get(speaks.certification_id)
    return public_conditions_on(periods, day) if periods else ()


def _days_of_change(held: Sequence[HeldStanding]) -> Iterator[RegisterStep]:
    for day in sorted({each.standing.effective_from for each in held}):
        speaks = max((each for each in held if each.standing.covers(day)), key=_weight)
        yield RegisterStep(speaks.standing.status, speaks.level, day, None)


def _weight(held: HeldStanding) -> tuple[bool, bool, date, UUID]:
    status = held.standing.status
    return (
        status is Status.CERTIFIED,
        status not in SPEAKS_LAST,
        held.standing.effective_from,
        held.certification_id,
    )


def _joined(steps: Sequence[RegisterStep]) -> Iterator[RegisterStep]:
    """End each step where the status or level changes; a holder has at least one step."""
    current = steps[0]
    for step in steps[1:]:
        if (step.status, step.level) != (current.status, current.level):
            yield replace(current, effective_until=step.effective_from)
            current = step
    yield current


def _begin_of(before: Sequence[RegisterStep], statuses: Sequence[Status]) -> date | None:
    begin = None
    for step in reversed(before):
        if step.status not in statuses:
            break
        begin = step.effective_from
    return begin


def _end_of(now: RegisterStep | None, coming: Sequence[RegisterStep]) -> date | None:
    if now is None or now.status not in IN_FORCE:
        return None
    return next((step.effective_from for step in coming if step.status not in IN_FORCE), None)
