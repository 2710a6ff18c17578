"""A shared score is received once, at a time between the sharing and now."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from shared.errors import ConflictError, InvalidInputError
from supervision.domain.receipts import ScoreReceipt, SharedScore, receipt_time

SHARED_AT = datetime(2026, 11, 20, 18, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
SHARE = SharedScore(
    id=UUID(int=1),
    assessment_id=UUID(int=2),
    version=1,
    case_id=UUID(int=3),
    instrument="sra-fv",
    assessed_on=date(2026, 11, 19),
    provider_id=UUID(int=4),
    program_id=UUID(int=5),
    agency="sacramento-probation",
    unit=None,
    officer_id=UUID(int=6),
    shared_at=SHARED_AT,
)
EARLIER = ScoreReceipt(UUID(int=7), SHARE, UUID(int=6), SHARED_AT, None, SHARED_AT)


def test_a_receipt_without_a_time_is_of_now() -> None:
    assert receipt_time(SHARE, stated_at=None, earlier=None, now=NOW) == NOW


def test_a_receipt_of_now_is_not_before_a_sharing_by_a_faster_clock() -> None:
    now = SHARED_AT - timedelta(seconds=2)

    assert receipt_time(SHARE, stated_at=None, earlier=None, now=now) == SHARED_AT


def test_a_receipt_may_state_a_time_in_the_past() -> None:
    stated = SHARED_AT + timedelta(hours=3)

    assert receipt_time(SHARE, stated_at=stated, earlier=None, now=NOW) == stated


def test_a_receipt_in_the_future_is_refused() -> None:
    stated = NOW + timedelta(seconds=1)

    with pytest.raises(InvalidInputError, match="must not be in the future"):
        receipt_time(SHARE, stated_at=stated, earlier=None, now=NOW)


def test_a_receipt_before_the_sharing_is_refused() -> None:
    stated = SHARED_AT - timedelta(seconds=1)

    with pytest.raises(InvalidInputError, match="must not be before the sharing") as refusal:
        receipt_time(SHARE, stated_at=stated, earlier=None, now=NOW)

    assert refusal.value.code == "impossible-receipt-time"
    assert refusal.value.faults[0].field == "received_at"


def test_a_second_receipt_is_refused_with_the_time_of_the_first() -> None:
    with pytest.raises(ConflictError, match=r"already received, at 2026-11-20T18:00:00\+00:00"):
        receipt_time(SHARE, stated_at=None, earlier=EARLIER, now=NOW)
