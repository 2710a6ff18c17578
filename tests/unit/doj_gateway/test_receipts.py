"""A receipt that cannot be true is not believed: DOJ's time decides whether a duty was met."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from doj_gateway.domain.outcomes import Accepted, Acknowledged
from doj_gateway.domain.receipts import Receiving, doubt
from doj_gateway.domain.submissions import SubmissionState
from unit.doj_gateway.gateway_examples import NOW, a_submission

LATER = NOW + timedelta(hours=2)
HEARD = Receiving(LATER, timedelta(minutes=5))


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (NOW, None),
        (NOW - timedelta(minutes=5), None),
        (NOW - timedelta(minutes=6), "accepted-before-it-was-owed"),
        (datetime(1970, 1, 1, tzinfo=UTC), "accepted-before-it-was-owed"),
        (LATER + timedelta(minutes=5), None),
        (LATER + timedelta(minutes=6), "accepted-in-the-future"),
    ],
)
def test_doj_accepts_after_the_score_was_received_and_before_now(
    at: datetime, why: str | None
) -> None:
    submission = a_submission(SubmissionState.SENDING, received_at=NOW)

    assert doubt(submission, Accepted(at, "DOJ-1"), HEARD) == why


@pytest.mark.parametrize(
    ("at", "why"),
    [
        ("2026-11-16T08:00:00+00:00", None),
        ("2026-11-16T07:54:59+00:00", "accepted-before-it-was-owed"),
    ],
)
def test_without_an_officer_s_receipt_the_day_of_the_assessment_begins_it(
    at: str, why: str | None
) -> None:
    submission = a_submission(SubmissionState.SENDING, received_at=None)

    assert doubt(submission, Accepted(datetime.fromisoformat(at), "DOJ-1"), HEARD) == why


@pytest.mark.parametrize("number", ["7", "DOJ-00000001", "doj_2026.11/20:7", "1" * 64])
def test_a_receipt_number_has_digits_perhaps_letters_and_single_signs_between(number: str) -> None:
    submission = a_submission(SubmissionState.SENDING)

    assert doubt(submission, Accepted(NOW, number), HEARD) is None


@pytest.mark.parametrize(
    "number",
    [
        "",
        " DOJ-1",
        "DOJ\n1",
        "DOJ-\u0661",
        "1" * 65,
        "DOJ--1",
        "Garcia",
        "Maria Garcia 1",
        "DOJ-987-65-4321",
    ],
)
def test_words_or_an_ssn_are_no_receipt_number(number: str) -> None:
    submission = a_submission(SubmissionState.SENDING)

    assert doubt(submission, Accepted(NOW, number), HEARD) == "receipt-number-unreadable"


def test_a_number_that_was_believed_before_is_not_doubted_now() -> None:
    submission = a_submission(SubmissionState.SENT, receipt_number="DOJ no. one")

    assert doubt(submission, Accepted(NOW, "DOJ no. one"), HEARD) is None


def test_a_receipt_keeps_its_number() -> None:
    submission = a_submission(SubmissionState.SENT, receipt_number="DOJ-1")

    assert doubt(submission, Accepted(NOW, "DOJ-2"), HEARD) == "receipt-number-changed"


@pytest.mark.parametrize("away", [timedelta(minutes=-6), timedelta(hours=2, minutes=6)])
def test_doj_acknowledges_after_it_accepted_and_before_now(away: timedelta) -> None:
    submission: Any = a_submission(SubmissionState.SENT)
    receipt = Acknowledged(NOW, "DOJ-1", NOW + away)

    assert doubt(submission, receipt, HEARD) == "acknowledgment-time-unreadable"
