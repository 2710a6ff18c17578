"""When a team member's certification or standing lapses, and what cures the lapse.

Treatment requires Board certification (Penal Code 9003, 290.09); examiners need standing. A
suspension interrupts a certification; an ending is final. A lapse announced for a later day is
reported at once, with its day, so that the officer has time to act. A term that is about to expire
is no lapse until its end is announced, because renewals arrive late. A certification that was
renewed, upgraded or corrected is not a lapse either: the one that follows it is examined instead.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.law.validity import Ending, Validity
from shared.work_items.work_items import WorkItem
from supervision.domain.teams import Member, Team

KIND = "certification-lapsed"
FOLLOWED_BY_ANOTHER = frozenset({"renewed", "upgraded", "corrected"})
SUSPENDED = "suspended"


class HoldingKind(StrEnum):
    """Kind of credential that a team member holds."""

    CERTIFICATION = "certification"
    EXAMINER_STANDING = "examiner-standing"


class Cure(StrEnum):
    """The fact that resolved the work item of a lapse."""

    REINSTATED = "reinstated"
    CORRECTED = "corrected"
    CERTIFIED_ANEW = "certified-anew"
    TEAM_CHANGED = "team-changed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Holding:
    """One certification or standing of a member, with the periods in which it is in force."""

    kind: HoldingKind
    id: UUID
    spans: Sequence[Validity]

    def holds(self, on: date) -> bool:
        """Whether it is in force on that day."""
        return any(span.holds(on) for span in self.spans)


@dataclass(frozen=True)
class Lapse:
    """A certification or standing that is no longer in force: which one, from when, and why."""

    holding: Holding
    effective_on: date
    ending: Ending


Holdings = Mapping[Member, Sequence[Holding]]


def of_teams(teams: Iterable[Team], held: Holdings) -> Holdings:
    """Return only the certifications and standings of the members of these teams."""
    return {member: held[member] for team in teams for member in team.members.each()}


def lapses_of(teams: Iterable[Team], held: Holdings, today: date) -> dict[Member, Lapse]:
    """Return the lapse of each member of current and future teams who has one."""
    found: dict[Member, Lapse] = {}
    for team in teams:
        for member in team.members.each():
            lapse = lapse_from(held.get(member, ()), max(today, team.effective_from))
            if lapse is not None and not _is_after(lapse, team):
                found.setdefault(member, lapse)
    return found


def lapse_from(holdings: Sequence[Holding], day: date) -> Lapse | None:
    """Return the lapse behind the first uncovered day on or after `day`; None without one."""
    gap = _first_gap([span for each in holdings for span in each.spans], day)
    ended = [
        (span.effective_until, span.ending is None or not _is_followed(span.ending), each, span)
        for each in holdings
        for span in each.spans
        if span.effective_until <= gap
    ]
    if not ended:
        return None
    _, _, holding, span = max(reversed(ended), key=lambda found: found[:2])
    if span.ending is None or _is_followed(span.ending):
        return None
    if gap > day and span.ending.is_of_term:
        return None
    return Lapse(holding, span.effective_until, span.ending)


def cures(
    items: Iterable[WorkItem], lapses: Mapping[Member, Lapse], held: Holdings, today: date
) -> dict[UUID, Cure]:
    """Return the cure of each open work item whose lapse is over, by work item ID."""
    stand = {(each.holding.id, each.ending.fact_id) for each in lapses.values()}
    return {
        item.id: _cure(item, lapses, held, today)
        for item in items
        if (item.opening.evidence.id, item.opening.fact_id) not in stand
    }


def _cure(item: WorkItem, lapses: Mapping[Member, Lapse], held: Holdings, today: date) -> Cure:
    found = _holder(item.opening.evidence.id, held)
    if found is None:
        return Cure.TEAM_CHANGED
    member, holding = found
    if member in lapses:
        return Cure.SUPERSEDED
    if not holding.holds(max(today, item.opening.effective_on or today)):
        return Cure.CERTIFIED_ANEW
    return Cure.REINSTATED if item.opening.because == SUSPENDED else Cure.CORRECTED


def _holder(holding_id: UUID, held: Holdings) -> tuple[Member, Holding] | None:
    for member, holdings in held.items():
        for each in holdings:
            if each.id == holding_id:
                return member, each
    return None


def _first_gap(spans: Collection[Validity], day: date) -> date:
    gap = day
    while ends := [span.effective_until for span in spans if span.holds(gap)]:
        gap = max(ends)
    return gap


def _is_after(lapse: Lapse, team: Team) -> bool:
    return team.effective_until is not None and lapse.effective_on >= team.effective_until


def _is_followed(ending: Ending) -> bool:
    return not ending.is_of_term and ending.because in FOLLOWED_BY_ANOTHER
