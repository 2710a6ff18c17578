"""The standing of a certification on a day: certified, suspended, revoked, expired and so on.

Derived from its changes and read from nowhere else. That it expires needs nobody to say so: the
span after its term is there from the first day, whether the clerk has come by or not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from shared.law.validity import Validity


class Status(StrEnum):
    """How a certification stands on a day."""

    NOT_YET_CERTIFIED = "not-yet-certified"
    CERTIFIED = "certified"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SURRENDERED = "surrendered"
    REPLACED = "replaced"
    EXPIRED = "expired"
    VOIDED = "voided"


FINAL = (Status.REVOKED, Status.SURRENDERED, Status.REPLACED, Status.VOIDED)
TO_STATUS = {
    "suspended": Status.SUSPENDED,
    "reinstated": Status.CERTIFIED,
    "revoked": Status.REVOKED,
    "surrendered": Status.SURRENDERED,
    "renewed": Status.REPLACED,
    "upgraded": Status.REPLACED,
    "voided": Status.VOIDED,
}
"""What each change leads to; a grant, a correction and an expiry only say the span."""


class SpanningChange(Protocol):
    """What a standing is derived from."""

    @property
    def change(self) -> str:
        """What happened."""

    @property
    def effective_on(self) -> date:
        """From which day it holds."""

    @property
    def effective_from(self) -> date:
        """The first day of the term, as it stands after the change."""

    @property
    def effective_until(self) -> date:
        """The first day after the term, as it stands after the change."""


@dataclass(frozen=True)
class Standing:
    """A status from a day until the day before another; the last one has no end."""

    status: Status
    effective_from: date
    effective_until: date | None

    def covers(self, day: date) -> bool:
        """Whether it is the one of that day."""
        return self.effective_from <= day and (
            self.effective_until is None or day < self.effective_until
        )

    def is_decided_after(self, day: date) -> bool:
        """Whether somebody decided that it begins after that day; an expiry nobody decides."""
        decided = (Status.SUSPENDED, Status.CERTIFIED, *FINAL)
        return self.effective_from > day and self.status in decided


def standings_of(changes: Sequence[SpanningChange]) -> tuple[Standing, ...]:
    """Every standing there is, the first day first; the changes come as they were recorded."""
    first, until = changes[-1].effective_from, changes[-1].effective_until
    steps = [(first, Status.CERTIFIED)]
    for each in sorted(_status_changes(changes), key=lambda change: change.effective_on):
        status = TO_STATUS[each.change]
        if status is Status.VOIDED:
            return (Standing(Status.VOIDED, first, None),)
        if each.effective_on < until and steps[-1][1] not in FINAL:
            steps.append((max(each.effective_on, first), status))
    if steps[-1][1] not in FINAL:
        steps.append((until, Status.EXPIRED))
    ends = [day for day, _ in steps[1:]]
    spans = zip(steps, [*ends, None], strict=True)
    return tuple(Standing(status, day, end) for (day, status), end in spans if day != end)


def standing_on(standings: Sequence[Standing], day: date) -> Standing:
    """The one of a day; before the first it is not certified yet."""
    for each in standings:
        if each.covers(day):
            return each
    return Standing(Status.NOT_YET_CERTIFIED, date.min, standings[0].effective_from)


def certified_since(spans: Sequence[Validity]) -> tuple[date, ...]:
    """For each span in force of a holder: since when the holder is certified without a break.

    The spans come in the order of their first days; one that begins by the day on which those
    before it have ended goes on from them.
    """
    since: list[date] = []
    until = date.min
    for span in spans:
        goes_on = bool(since) and span.effective_from <= until
        since.append(since[-1] if goes_on else span.effective_from)
        until = max(until, span.effective_until)
    return tuple(since)


def _status_changes(changes: Iterable[SpanningChange]) -> list[SpanningChange]:
    return [each for each in changes if each.change in TO_STATUS]
