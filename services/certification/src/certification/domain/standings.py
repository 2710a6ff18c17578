"""The status of a certification on a day: certified, suspended, revoked, expired and so on.

It is derived from the changes of the certification. The expiry is part of it from the first day on,
so it does not depend on a background process.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from shared.law.validity import Validity


class Status(StrEnum):
    """Status of a certification on a day.

    `not-yet-certified`: before its first day. `certified`: valid. `suspended`: not valid until
    reinstated. `revoked`: ended by the Board. `surrendered`: given up by the holder. `replaced`:
    followed by a renewal or upgrade. `expired`: the term ended. `voided`: recorded by mistake.
    """

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
"""The status after each change; a grant, a correction and an expiry only set the term."""


class SpanningChange(Protocol):
    """The facts of a change from which a status is derived."""

    @property
    def change(self) -> str:
        """What happened."""

    @property
    def effective_on(self) -> date:
        """The first day of the change."""

    @property
    def effective_from(self) -> date:
        """The first day of the term after the change."""

    @property
    def effective_until(self) -> date:
        """The first day after the term, after the change."""


@dataclass(frozen=True)
class Standing:
    """A status and its period; the last one has no end."""

    status: Status
    effective_from: date
    effective_until: date | None

    def covers(self, day: date) -> bool:
        """Whether the period contains a day."""
        return self.effective_from <= day and (
            self.effective_until is None or day < self.effective_until
        )

    def is_decided_after(self, day: date) -> bool:
        """Whether it was decided to begin after that day; expiries are not decided."""
        decided = (Status.SUSPENDED, Status.CERTIFIED, *FINAL)
        return self.effective_from > day and self.status in decided


def standings_of(changes: Sequence[SpanningChange]) -> tuple[Standing, ...]:
    """Return all status periods, oldest first; the changes are in recording order."""
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
    """Return the status on a day; not yet certified before the first period."""
    for each in standings:
        if each.covers(day):
            return each
    return Standing(Status.NOT_YET_CERTIFIED, date.min, standings[0].effective_from)


def certified_since(spans: Sequence[Validity]) -> tuple[date, ...]:
    """Return, for each period in force, the first day of the holder's unbroken certification.

    The periods are ordered by first day. A period that begins by the end of those before it
    continues them.
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
