"""What came of a call decides the next state: nothing is sent blindly, no receipt is forgotten."""

from datetime import timedelta

import pytest

from doj_gateway.domain.outcomes import (
    Accepted,
    Acknowledged,
    NotThere,
    Outcome,
    Rejected,
    Unknown,
    contradiction,
    counting_doubts,
    follow,
)
from doj_gateway.domain.submissions import SubmissionState as State
from unit.doj_gateway.gateway_examples import NOW, a_submission

ACCEPTED = Accepted(NOW, "DOJ-1")
ACKNOWLEDGED = Acknowledged(NOW, "DOJ-1", NOW + timedelta(seconds=2))
REJECTED = Rejected("person-cii-number-invalid")
NOT_THERE = NotThere("not-known")
UNKNOWN = Unknown("no-answer")


@pytest.mark.parametrize(
    ("state", "outcome", "states"),
    [
        (State.QUEUED, ACCEPTED, [State.SENT]),
        (State.QUEUED, ACKNOWLEDGED, [State.SENT, State.ACKNOWLEDGED]),
        (State.QUEUED, REJECTED, [State.REJECTED]),
        (State.QUEUED, UNKNOWN, [State.QUEUED]),
        (State.SENDING, ACCEPTED, [State.SENT]),
        (State.UNKNOWN, ACCEPTED, [State.SENT]),
        (State.SENT, ACCEPTED, [State.SENT]),
        (State.SENDING, ACKNOWLEDGED, [State.SENT, State.ACKNOWLEDGED]),
        (State.UNKNOWN, ACKNOWLEDGED, [State.SENT, State.ACKNOWLEDGED]),
        (State.SENT, ACKNOWLEDGED, [State.ACKNOWLEDGED]),
        (State.SENDING, REJECTED, [State.REJECTED]),
        (State.UNKNOWN, REJECTED, [State.REJECTED]),
        (State.SENT, REJECTED, [State.REJECTED]),
        (State.SENDING, NOT_THERE, [State.QUEUED]),
        (State.UNKNOWN, NOT_THERE, [State.QUEUED]),
        (State.SENT, NOT_THERE, [State.SENT]),
        (State.SENDING, UNKNOWN, [State.UNKNOWN]),
        (State.UNKNOWN, UNKNOWN, [State.UNKNOWN]),
        (State.SENT, UNKNOWN, [State.SENT]),
        (State.ACKNOWLEDGED, ACKNOWLEDGED, [State.ACKNOWLEDGED]),
        (State.ACKNOWLEDGED, REJECTED, [State.REJECTED]),
    ],
)
def test_each_outcome_leads_to_its_state(
    state: State, outcome: Outcome, states: list[State]
) -> None:
    moved = follow(a_submission(state), outcome, NOW)

    assert [each.state for each in moved] == states


def test_an_acknowledgment_before_our_record_of_sending_keeps_both_times() -> None:
    *_, after = follow(a_submission(State.UNKNOWN), ACKNOWLEDGED, NOW)

    assert after.accepted_at == ACKNOWLEDGED.accepted_at
    assert after.acknowledged_at == ACKNOWLEDGED.acknowledged_at
    assert after.receipt_number == ACKNOWLEDGED.receipt_number


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN])
def test_what_is_handed_back_counts_as_a_try(state: State) -> None:
    (after,) = follow(a_submission(state, tries=2), NOT_THERE, NOW)

    assert after.tries == 3


@pytest.mark.parametrize(
    ("ours", "doj_s", "state"),
    [
        ("a", "a", State.SENT),
        ("a", "b", State.DIFFERS),
        ("a", None, State.SENT),
        (None, "b", State.SENT),
    ],
)
def test_another_form_under_the_reference_is_not_ours_and_a_person_decides(
    ours: str | None, doj_s: str | None, state: State
) -> None:
    submission = a_submission(State.UNKNOWN, content_hash=ours)

    (after,) = follow(submission, Accepted(NOW, "DOJ-1", doj_s), NOW)

    assert (after.state, after.receipt_number) == (state, "DOJ-1")


@pytest.mark.parametrize(
    ("outcome", "doubted"),
    [
        (Unknown("status-302", is_promised=False), 3),
        (UNKNOWN, 2),
        (NOT_THERE, 2),
        (ACCEPTED, 0),
        (ACKNOWLEDGED, 0),
        (REJECTED, 0),
    ],
)
def test_answers_that_doj_never_promised_are_counted_until_it_says_where_the_score_stands(
    outcome: Outcome, doubted: int
) -> None:
    after = counting_doubts(a_submission(State.UNKNOWN, doubted=2), outcome)

    assert after.doubted == doubted


@pytest.mark.parametrize(
    ("state", "outcome", "last", "against"),
    [
        (State.UNKNOWN, NOT_THERE, "reference-taken", "taken-and-not-known"),
        (State.UNKNOWN, NOT_THERE, "read-timeout", None),
        (State.UNKNOWN, UNKNOWN, "reference-taken", None),
        (State.SENDING, NOT_THERE, "reference-taken", None),
        (State.SENT, NOT_THERE, None, "accepted-and-not-known"),
        (State.ACKNOWLEDGED, NOT_THERE, None, "accepted-and-not-known"),
    ],
)
def test_doj_contradicts_itself_where_it_does_not_know_what_it_has(
    state: State, outcome: Outcome, last: str | None, against: str | None
) -> None:
    assert contradiction(a_submission(state), outcome, last) == against
