"""DOJ's notice of a score that reached it by itself, and the expectation it answers.

A notice is matched by case, instrument and day of the assessment; DOJ's day may differ from ours
by a configured number of days. One that comes before its expectation waits for some time; then,
or where it cannot be matched by itself, it rests until a person has looked or its score comes.
One that is matched is acknowledged until DOJ has taken the acknowledgment.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from doj_gateway.domain.said_notices import CLOCKS_DIFFER, ReadNotice
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
    UNCLEAR = "unclear"
    MATCHED = "matched"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True)
class DojNotice:
    """What DOJ told us, without the person's identifiers: those are kept sealed.

    `instrument`, `assessed_on` and `seen_at` are None where DOJ's words cannot be read. `because`
    is a code: why a person must look. `near_case_ids` are cases that come close. `days_apart` is
    our day of the assessment less DOJ's. `failed` counts the steps in a row that failed for a
    reason that nobody foresaw.
    """

    id: UUID
    doj_notice_id: str
    instrument: str | None
    assessed_on: date | None
    seen_at: datetime | None
    state: NoticeState
    received_at: datetime
    correlation_id: UUID
    version: int = 1
    because: str | None = None
    near_case_ids: tuple[UUID, ...] = ()
    expectation_id: UUID | None = None
    case_id: UUID | None = None
    days_apart: int | None = None
    matched_at: datetime | None = None
    matched_by: str | None = None
    acknowledged_at: datetime | None = None
    tries: int = 0
    failed: int = 0


OPEN = frozenset({NoticeState.RECEIVED, NoticeState.UNCLEAR})
"""States in which a notice still looks for its expectation."""

MOVES: Mapping[NoticeState, frozenset[NoticeState]] = {
    NoticeState.RECEIVED: OPEN,
    NoticeState.UNCLEAR: OPEN,
    NoticeState.MATCHED: OPEN,
    NoticeState.ACKNOWLEDGED: frozenset({NoticeState.MATCHED}),
}
"""From which states each may be reached."""

LARGEST_DAY_TOLERANCE = 14


@dataclass(frozen=True)
class NoticePatience:
    """For how long a notice may wait for its score, and by how many days DOJ's may differ."""

    wait: timedelta = timedelta(days=1)
    day_tolerance: int = 1


class Misfit(StrEnum):
    """Why none of the person's expectations was chosen."""

    NONE = "no-score-expected"
    SEVERAL = "several-scores-fit"


def expectation_for(
    notice: DojNotice,
    case_ids: Collection[UUID],
    expectations: Iterable[Expectation],
    day_tolerance: int,
) -> Expectation | Misfit:
    """Choose the open expectation that the notice answers: of its very day, else the nearest.

    Of several on its very day the oldest is answered; of several others none, for a person to see.
    """
    fitting = [
        each
        for each in expectations
        if each.state == ExpectationState.OPEN
        and each.case_id in case_ids
        and each.instrument == notice.instrument
        and abs(_days_apart(each, notice)) <= day_tolerance
    ]
    same_day = [each for each in fitting if _days_apart(each, notice) == 0]
    if same_day:
        return min(same_day, key=lambda each: (each.opened_at, each.id))
    if len(fitting) > 1:
        return Misfit.SEVERAL
    return fitting[0] if fitting else Misfit.NONE


def _days_apart(expectation: Expectation, notice: DojNotice) -> int:
    if notice.assessed_on is None:
        raise ValueError("a notice without a day is matched by nobody but a person")
    return (expectation.assessed_on - notice.assessed_on).days


def met(expectation: Expectation, notice: DojNotice, at: datetime) -> Expectation:
    """Meet the expectation by a notice; once.

    DOJ saw it at DOJ's own time, if that can be true, and else by when its notice came.
    """
    if expectation.state != ExpectationState.OPEN:
        raise ConflictError("an expectation is met once", code="expectation-state")
    seen_at = notice.seen_at
    is_true = seen_at is not None and seen_at <= notice.received_at + CLOCKS_DIFFER
    return replace(
        expectation,
        state=ExpectationState.MET,
        notice_id=notice.id,
        seen_at=seen_at if is_true else notice.received_at,
        met_at=at,
    )


def matched(
    notice: DojNotice, expectation: Expectation, at: datetime, by: str | None = None
) -> DojNotice:
    """Tie the notice to its expectation and thereby to the case; `by` is the person who did."""
    days_apart = None if notice.assessed_on is None else _days_apart(expectation, notice)
    return replace(
        _moving(notice, NoticeState.MATCHED),
        expectation_id=expectation.id,
        case_id=expectation.case_id,
        days_apart=days_apart,
        matched_at=at,
        matched_by=by,
        because=None,
        near_case_ids=(),
    )


def unclear(notice: DojNotice, because: str, near_case_ids: Collection[UUID] = ()) -> DojNotice:
    """A person must look at it."""
    moved = _moving(notice, NoticeState.UNCLEAR)
    return replace(moved, because=because, near_case_ids=tuple(sorted(near_case_ids)))


def acknowledged(notice: DojNotice, at: datetime) -> DojNotice:
    """DOJ has taken our acknowledgment, at DOJ's own time."""
    return replace(_moving(notice, NoticeState.ACKNOWLEDGED), acknowledged_at=at)


def in_vain(notice: DojNotice) -> DojNotice:
    """Nothing came of a step; the state stays."""
    return replace(notice, tries=notice.tries + 1)


def failing(notice: DojNotice) -> DojNotice:
    """A step failed for a reason that nobody foresaw; the state stays."""
    return replace(in_vain(notice), failed=notice.failed + 1)


def is_patience_over(notice: DojNotice, patience: NoticePatience, now: datetime) -> bool:
    """Whether it has waited for its score as long as it may."""
    return now >= notice.received_at + patience.wait


def said_again(notice: DojNotice, read: ReadNotice) -> DojNotice:
    """DOJ said something else under the same id: while it is not matched, its last word stands."""
    again = replace(notice, version=notice.version + 1)
    if notice.state not in OPEN:
        return again
    again = replace(
        _moving(again, NoticeState.RECEIVED),
        instrument=read.instrument,
        assessed_on=read.assessed_on,
        seen_at=read.seen_at,
        because=None,
        near_case_ids=(),
    )
    return unclear(again, read.fault) if read.fault else again


def _moving(notice: DojNotice, state: NoticeState) -> DojNotice:
    if notice.state not in MOVES[state]:
        raise ConflictError(
            f"a notice that is {notice.state} cannot become {state}", code="notice-state"
        )
    return replace(notice, state=state, tries=0, failed=0)
