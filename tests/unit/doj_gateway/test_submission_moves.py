"""A submission moves only as `submission_moves.csv` says."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from doj_gateway.domain.references import reference_of
from doj_gateway.domain.submissions import (
    Submission,
    SubmissionMove,
    SubmissionState,
    accepted,
    acknowledged,
    attempted,
    found_to_differ,
    handed_back,
    in_vain,
    lost_sight_of,
    rejected,
    released,
)
from unit.doj_gateway.gateway_examples import ASSESSMENT, NOW, a_submission
from unit.relation import happening, written

MAKE: dict[SubmissionMove, Callable[[Submission], Submission]] = {
    SubmissionMove.RELEASE: lambda it: released(it, NOW, date(2026, 11, 20)),
    SubmissionMove.DIFFER: lambda it: found_to_differ(it, NOW, "DOJ-1"),
    SubmissionMove.ATTEMPT: attempted,
    SubmissionMove.HAND_BACK: handed_back,
    SubmissionMove.LOSE_SIGHT: lost_sight_of,
    SubmissionMove.ACCEPT: lambda it: accepted(it, NOW, "DOJ-1"),
    SubmissionMove.ACKNOWLEDGE: lambda it: acknowledged(it, NOW),
    SubmissionMove.REJECT: lambda it: rejected(it, NOW, "person-cii-number-invalid"),
}
TABLE = Path(__file__).with_name("submission_moves.csv")


def test_every_move_leads_where_the_table_beside_says_and_every_other_is_refused() -> None:
    def after(move: str, before: str) -> str:
        submission = a_submission(SubmissionState(before))
        result = MAKE[SubmissionMove(move)](submission)
        assert result.revision == submission.revision + 1
        return result.state

    happens = happening(SubmissionMove, SubmissionState, after, "submission-state")

    assert happens == written(TABLE)


def test_a_step_in_vain_is_counted_and_changes_no_state() -> None:
    before = a_submission(SubmissionState.SENT)

    after = in_vain(before)

    assert (after.state, after.tries, after.revision) == (before.state, 1, before.revision)


def test_acceptance_keeps_doj_s_time_and_receipt_and_begins_counting_anew() -> None:
    after = accepted(a_submission(SubmissionState.SENDING, tries=3), NOW, "DOJ-00000001")

    assert (after.accepted_at, after.receipt_number, after.tries) == (NOW, "DOJ-00000001", 0)


def test_the_reference_is_made_of_the_assessment_its_version_and_a_later_round() -> None:
    assert reference_of(ASSESSMENT, 2) == f"CASOMB-{ASSESSMENT}-2"
    assert reference_of(ASSESSMENT, 2, in_round=3) == f"CASOMB-{ASSESSMENT}-2-r3"
