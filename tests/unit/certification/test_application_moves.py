"""An application's states and moves: what the table does not name is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from certification.domain.applications import (
    MOVES,
    Application,
    Kind,
    Level,
    Move,
    State,
    WaitingOn,
    assigned,
    completed,
    moved,
)
from shared.errors import ConflictError
from shared.identifiers import new_id

LATE_IN_THE_EVENING = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)


def application(state: State = State.SUBMITTED) -> Application:
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
    turns = {state: application(state).waiting_on for state in State}

    assert turns == {
        State.SUBMITTED: WaitingOn.BOARD,
        State.WAITING_ON_APPLICANT: WaitingOn.APPLICANT,
        State.COMPLETE: WaitingOn.BOARD,
        State.DECIDED: None,
    }


@pytest.mark.parametrize(
    ("move", "before"),
    [(move, state) for move in Move for state in State if state not in MOVES[move]],
)
def test_a_move_that_is_not_in_the_table_is_refused(move: Move, before: State) -> None:
    with pytest.raises(ConflictError, match=before) as refused:
        moved(application(before), move)

    assert refused.value.code == "wrong-state"


@pytest.mark.parametrize(
    ("move", "before", "after"),
    [(move, before, after) for move in Move for before, after in MOVES[move].items()],
)
def test_a_move_in_the_table_leads_where_it_says(move: Move, before: State, after: State) -> None:
    result = moved(application(before), move)

    assert result.state is after
    assert result.version == 2


def test_an_application_is_complete_on_the_day_it_is_in_california() -> None:
    result = completed(application(), LATE_IN_THE_EVENING)

    assert result.completed_at == LATE_IN_THE_EVENING
    assert result.completed_on == date(2026, 11, 20)


def test_an_application_received_has_no_day_of_completion() -> None:
    assert application().completed_on is None


def test_an_assigned_application_keeps_its_state() -> None:
    reviewer = new_id()

    result = assigned(application(State.COMPLETE), reviewer)

    assert result == replace(result, state=State.COMPLETE, reviewer_id=reviewer, version=2)
