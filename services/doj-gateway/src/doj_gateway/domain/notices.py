"""DOJ's notice of a score that reached DOJ directly, and the expectation that it answers.

A notice is matched by case, instrument and day of scoring; DOJ's day may differ from ours by a
configured number of days. A notice that arrives before its expectation waits for a time. After
that, or if it cannot be matched automatically, it rests until an operator matches it or its score
arrives. The acknowledgment of a matched notice is repeated until DOJ takes it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from doj_gateway.domain.said_notices import CLOCKS_DIFFER, ReadNotice
from shared.errors import ConflictError


class ExpectationState(StrEnum):
    """State of an expectation."""

    OPEN = "open"
    MET = "met"


@dataclass(frozen=True)
class Expectation:
    """A score that reaches DOJ without the gateway. `seen_at` is DOJ's time, if plausible."""

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
    """State of a notice."""

    RECEIVED = "received"
    UNCLEAR = "unclear"
    MATCHED = "matched"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True)
class DojNotice:
    """A notice without the person's identifiers, which are stored encrypted elsewhere.

    `instrument`, `assessed_on` and `seen_at` are None if they cannot be read. `because` is the code
    of the reason why an operator must examine it. `near_case_ids` are cases of persons with similar
    identifiers. `days_apart` is our day of scoring minus DOJ's. `failed` counts consecutive steps
    that failed unexpectedly.
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
"""States in which a notice is not matched yet."""

MOVES: Mapping[NoticeState, frozenset[NoticeState]] = {
    NoticeState.RECEIVED: OPEN,
    NoticeState.UNCLEAR: OPEN,
    NoticeState.MATCHED: OPEN,
    NoticeState.ACKNOWLEDGED: frozenset({NoticeState.MATCHED}),
}
"""The states from which each state may be reached."""

LARGEST_DAY_TOLERANCE = 14


@dataclass(frozen=True)
class NoticePatience:
    """How long a notice may wait for its score, and the tolerance for its day of scoring."""

    wait: timedelta = timedelta(days=1)
    day_tolerance: int = 1


class Misfit(StrEnum):
    """Why a notice was not matched to an expectation of the person."""

    NONE = "no-score-expected"
    SEVERAL = "several-scores-fit"


def expectation_for(
    notice: DojNotice,
    case_ids: Collection[UUID],
    expectations: Iterable[Expectation],
    day_tolerance: int,
) -> Expectation | Misfit:
    """Choose the open expectation that the notice answers.

    One with the same day of scoring wins; of several, the oldest. Otherwise one within the
    tolerance is chosen if it is the only one; if there are several, an operator must decide.
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
        raise ValueError("a notice without a day of scoring can only be matched by hand")
    return (expectation.assessed_on - notice.assessed_on).days


def met(expectation: Expectation, notice: DojNotice, at: datetime) -> Expectation:
    """Meet an expectation by a notice, once.

    `seen_at` is DOJ's own time if it is plausible, else the time when the notice arrived.
    """
    if expectation.state != ExpectationState.OPEN:
        raise ConflictError(
            "the expectation is already met by another notice", code="expectation-state"
        )
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
    """Match a notice to its expectation and case. `by` is the operator, None if automatic."""
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
    """Return the notice in the state in which an operator must examine it."""
    moved = _moving(notice, NoticeState.UNCLEAR)
    return replace(moved, because=because, near_case_ids=tuple(sorted(near_case_ids)))


def acknowledged(notice: DojNotice, at: datetime) -> DojNotice:
    """Return the notice acknowledged, at DOJ's own time."""
    return replace(_moving(notice, NoticeState.ACKNOWLEDGED), acknowledged_at=at)


def in_vain(notice: DojNotice) -> DojNotice:
    """Count a step without result. The state does not change."""
    return replace(notice, tries=notice.tries + 1)


def failing(notice: DojNotice) -> DojNotice:
    """Count a step that failed unexpectedly. The state does not change."""
    return replace(in_vain(notice), failed=notice.failed + 1)


def is_patience_over(notice: DojNotice, patience: NoticePatience, now: datetime) -> bool:
    """Whether the notice has waited for its score as long as it may."""
    return now >= notice.received_at + patience.wait


def said_again(notice: DojNotice, read: ReadNotice) -> DojNotice:
    """Apply a correction by DOJ. Until the notice is matched, the newest version counts."""
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
            f"a notice in state {notice.state} cannot change to state {state}", code="notice-state"
        )
    return replace(notice, state=state, tries=0, failed=0)
