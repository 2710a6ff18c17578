"""The register: how the holder of a public number stands on a day.

A number is its holder's, and may have had several certifications: each renewal and upgrade is one.
On a day on which several speak, one that is certified wins, else the one whose status began last;
what was voided or replaced speaks only where nothing else does.
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
"""A suspension interrupts the right to treat and not the certification."""
SPEAKS_LAST = (Status.VOIDED, Status.REPLACED)


@dataclass(frozen=True)
class HeldStanding:
    """A standing of one of a holder's certifications."""

    certification_id: UUID
    level: Level | None
    standing: Standing


@dataclass(frozen=True)
class Holder:
    """Whom a number belongs to, and every standing there is of it."""

    kind: Kind
    number: str
    name: str
    held: Sequence[HeldStanding]
    names: Sequence[Period] = ()
    """Under which name when; nothing where it always was today's."""
    conditions: Mapping[UUID, Sequence[Period]] = field(default_factory=dict)
    """Of those certifications that ever had public ones."""


@dataclass(frozen=True)
class RegisterStep:
    """How a holder stands from a day until the day before another; the last one has no end."""

    status: Status
    level: Level | None
    effective_from: date
    effective_until: date | None


@dataclass(frozen=True)
class RegisterEntry:
    """What the register says of a holder on a day, as it is known now."""

    kind: Kind
    number: str
    name: str
    level: Level | None
    status: Status
    since: date | None
    """First day from which the status holds without a break; None before there was any."""
    certified_since: date | None
    """First day of the unbroken time in force around the day, suspensions included."""
    effective_until: date | None
    """First day on which, as far as is known, it is no longer in force."""
    next_change: RegisterStep | None
    conditions: Sequence[str] = ()
    """The public conditions of the certification that is in force on the day."""


def refuse_future(as_of: date, today: date) -> None:
    """Raise InvalidInputError for a day that has not come: nobody knows how it will be then."""
    if as_of > today:
        raise InvalidInputError(
            f"{as_of} has not come: the register answers for days up to {today}",
            code="as-of-in-future",
            faults=[Fault("as_of", f"is never after {today}")],
        )


def steps_of(holder: Holder) -> tuple[RegisterStep, ...]:
    """How a holder stands from day to day; the first day first, what stays the same in one."""
    return tuple(_joined(list(_days_of_change(holder.held))))


def entry_on(holder: Holder, day: date) -> RegisterEntry:
    """What the register says of a day."""
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
    """Let each step end where another status or level begins; a holder has at least one."""
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
