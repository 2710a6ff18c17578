"""DOJ's notice of a score that reached it by itself, and the expectation it answers.

A notice is matched by case, instrument and day of the assessment. One that comes before its
expectation waits; one that is matched is acknowledged until DOJ has taken the acknowledgment.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError


class ExpectationState(StrEnum):
    """Where an expectation stands."""

    OPEN = "open"
    MET = "met"


@dataclass(frozen=True)
class Expectation:
    """A score that is to reach DOJ by itself; `seen_at` is DOJ's own time."""

    id: UUID
    assessment_id: UUID
    version: int
    case_id: UUID
    instrument: str
    assessed_on: date
    agency: str
    provider_id: UUID
    program_id: UUID | None
    state: ExpectationState
    opened_at: datetime
    notice_id: UUID | None = None
    seen_at: datetime | None = None
    met_at: datetime | None = None


class NoticeState(StrEnum):
    """Where a notice stands."""

    RECEIVED = "received"
    MATCHED = "matched"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True)
class Notice:
    """What DOJ told us, without the person's identifiers: those are kept sealed."""

    id: UUID
    doj_notice_id: str
    instrument: str
    assessed_on: date
    seen_at: datetime
    state: NoticeState
    received_at: datetime
    correlation_id: UUID
    expectation_id: UUID | None = None
    case_id: UUID | None = None
    matched_at: datetime | None = None
    acknowledged_at: datetime | None = None
    tries: int = 0


MOVES: Mapping[NoticeState, NoticeState] = {
    NoticeState.RECEIVED: NoticeState.MATCHED,
    NoticeState.MATCHED: NoticeState.ACKNOWLEDGED,
}
"""Where each state leads; the last leads nowhere."""


def expectation_for(
    notice: Notice, case_ids: Collection[UUID], expectations: Iterable[Expectation]
) -> Expectation | None:
    """Choose the open expectation that the notice answers, the oldest first."""
    fitting = [
        each
        for each in expectations
        if each.state == ExpectationState.OPEN
        and each.case_id in case_ids
        and (each.instrument, each.assessed_on) == (notice.instrument, notice.assessed_on)
    ]
    return min(fitting, key=lambda each: (each.opened_at, each.id), default=None)


def met(expectation: Expectation, notice: Notice, at: datetime) -> Expectation:
    """Meet the expectation by a notice; once."""
    if expectation.state != ExpectationState.OPEN:
        raise ConflictError("an expectation is met once", code="expectation-state")
    return replace(
        expectation,
        state=ExpectationState.MET,
        notice_id=notice.id,
        seen_at=notice.seen_at,
        met_at=at,
    )


def matched(notice: Notice, expectation: Expectation, at: datetime) -> Notice:
    """Tie the notice to its expectation and thereby to the case."""
    return replace(
        _moving(notice, NoticeState.MATCHED),
        expectation_id=expectation.id,
        case_id=expectation.case_id,
        matched_at=at,
    )


def acknowledged(notice: Notice, at: datetime) -> Notice:
    """DOJ has taken our acknowledgment, at DOJ's own time."""
    return replace(_moving(notice, NoticeState.ACKNOWLEDGED), acknowledged_at=at)


def in_vain(notice: Notice) -> Notice:
    """Nothing came of a step; the state stays."""
    return replace(notice, tries=notice.tries + 1)


def _moving(notice: Notice, state: NoticeState) -> Notice:
    if MOVES.get(notice.state) != state:
        raise ConflictError(
            f"a notice that is {notice.state} cannot become {state}", code="notice-state"
        )
    return replace(notice, state=state, tries=0)
