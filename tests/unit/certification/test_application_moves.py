"""An application's states and moves: what `application_moves.csv` does not name is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from certification.domain.application_moves import ApplicationState, Move, WaitingOn
from certification.domain.applications import Application, Kind, Level, found_complete, moved
from certification.domain.interests import Interest, refuse_interested
from certification.domain.reviewing import assigned, begun, pick_from, released
from shared.errors import ConflictError, NotAllowedError
from shared.identifiers import new_id
from unit.relation import happening, written

TABLE = Path(__file__).with_name("application_moves.csv")
LATE_IN_THE_EVENING = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)


def application(state: ApplicationState = ApplicationState.SUBMITTED) -> Application:
    return Application(
        id=new_id(),
        kind=Kind.PROVIDER,
        holder_id=new_id(),
        applicant_id=new_id(),
        name="A Provider",
        level=Level.INDEPENDENT,
        client_band=None,
        place=None,
        checklist="provider-independent-2011",
        state=state,
        received_on=date(2026, 11, 1),
    )


def test_every_state_says_whose_turn_it_is() -> None:
    turns = {state: application(state).waiting_on for state in ApplicationState}

    assert turns == {
        ApplicationState.DRAFT: WaitingOn.APPLICANT,
        ApplicationState.SUBMITTED: WaitingOn.BOARD,
        ApplicationState.INCOMPLETE: WaitingOn.BOARD,
        ApplicationState.WAITING_ON_APPLICANT: WaitingOn.APPLICANT,
        ApplicationState.COMPLETE: WaitingOn.BOARD,
        ApplicationState.IN_REVIEW: WaitingOn.BOARD,
        ApplicationState.DECIDED: None,
        ApplicationState.WITHDRAWN: None,
        ApplicationState.ABANDONED: None,
    }


def test_every_move_leads_where_the_table_beside_says_and_every_other_is_refused() -> None:
    def after(move: str, before: str) -> str:
        result = moved(application(ApplicationState(before)), Move(move))
        assert result.version == 2
        return result.state

    assert happening(Move, ApplicationState, after, "wrong-state") == written(TABLE)


def test_an_application_is_complete_on_the_day_it_is_in_california() -> None:
    found_at = LATE_IN_THE_EVENING + timedelta(days=3)

    result = found_complete(application(), LATE_IN_THE_EVENING, found_at)

    assert result.completed_at == LATE_IN_THE_EVENING
    assert (result.completed_on, result.found_complete_on) == (
        date(2026, 11, 20),
        date(2026, 11, 23),
    )
    assert result.days_until_found == 3


def test_an_application_received_has_no_day_of_completion() -> None:
    assert application().completed_on is None


def test_an_assigned_application_keeps_its_state() -> None:
    reviewer = new_id()

    result = assigned(application(ApplicationState.COMPLETE), reviewer)

    assert result == replace(
        result, state=ApplicationState.COMPLETE, reviewer_id=reviewer, version=2
    )


def test_a_file_in_review_that_is_reassigned_or_released_is_in_line_again() -> None:
    reviewing = replace(application(ApplicationState.IN_REVIEW), reviewer_id=new_id())

    assert assigned(reviewing, new_id()).state is ApplicationState.COMPLETE
    assert released(reviewing).state is ApplicationState.COMPLETE
    assert released(reviewing).reviewer_id is None


def test_a_file_that_nobody_has_cannot_be_released() -> None:
    with pytest.raises(ConflictError) as refused:
        released(application(ApplicationState.COMPLETE))

    assert refused.value.code == "not-assigned"


def test_whoever_begins_a_review_has_the_file_and_another_is_refused() -> None:
    reviewer = new_id()

    taken = begun(application(ApplicationState.COMPLETE), reviewer)

    assert (taken.state, taken.reviewer_id) == (ApplicationState.IN_REVIEW, reviewer)
    with pytest.raises(ConflictError) as refused:
        begun(replace(application(ApplicationState.COMPLETE), reviewer_id=reviewer), new_id())
    assert refused.value.code == "assigned-to-another"


def test_a_reviewer_with_an_interest_is_refused_and_a_process_has_none() -> None:
    reviewer = new_id()
    interests = {reviewer: (Interest.HOLDER,)}

    refuse_interested(interests, [None, new_id()])

    with pytest.raises(NotAllowedError) as refused:
        refuse_interested(interests, [None, reviewer])
    assert refused.value.code == "conflict-of-interest"


def test_of_several_reviewers_only_those_without_an_interest_are_picked_from() -> None:
    interested, neutral = new_id(), new_id()
    interests = {interested: (Interest.SAME_PROGRAM,)}

    assert pick_from([interested, neutral], interests) == [neutral]
    with pytest.raises(NotAllowedError) as refused:
        pick_from([interested], interests)
    assert refused.value.members == {"because": ["same-program"]}
