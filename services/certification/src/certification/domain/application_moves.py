"""The states of an application and the moves between them: one table, and nothing beside it.

The Board's clock starts at *complete*. A file that lacks something is *incomplete* while the Board
looks at it and *waiting on applicant* while a notice is out; that time is the applicant's.
"""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    WAITING_ON_APPLICANT = "waiting-on-applicant"
    COMPLETE = "complete"
    IN_REVIEW = "in-review"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    ABANDONED = "abandoned"


class WaitingOn(StrEnum):
    """Whose turn it is."""

    APPLICANT = "applicant"
    BOARD = "board"


class Move(StrEnum):
    """What may happen to an application."""

    CHANGE_DRAFT = "change a draft"
    SUBMIT = "submit"
    RECEIVE_DOCUMENT = "receive a document"
    STORE_CONTENT = "store the bytes of a document"
    ACCEPT_ITEM = "accept an item"
    RETURN_ITEM = "return an item"
    SEND_DEFICIENCY_NOTICE = "send a deficiency notice"
    CURE = "cure the last item of a deficiency"
    RECORD_LIVE_SCAN = "record a Live Scan status"
    COMPLETE = "complete"
    ASSIGN = "assign a reviewer"
    RELEASE = "release a reviewer"
    BEGIN_REVIEW = "begin the review"
    DECIDE = "decide"
    REOPEN = "reopen after an appeal"
    WITHDRAW = "withdraw"
    ABANDON = "abandon"


BEING_CHECKED = (State.SUBMITTED, State.INCOMPLETE, State.WAITING_ON_APPLICANT)
UNDECIDED = (*BEING_CHECKED, State.COMPLETE, State.IN_REVIEW)
"""Every state in which the Board has the file and has not decided it."""


def _staying(*states: State) -> dict[State, State]:
    return {state: state for state in states}


MOVES: Mapping[Move, Mapping[State, State]] = {
    Move.CHANGE_DRAFT: _staying(State.DRAFT),
    Move.SUBMIT: {State.DRAFT: State.SUBMITTED},
    Move.RECEIVE_DOCUMENT: _staying(State.DRAFT, *BEING_CHECKED),
    Move.STORE_CONTENT: _staying(State.DRAFT, *UNDECIDED),
    Move.ACCEPT_ITEM: _staying(*BEING_CHECKED),
    Move.RETURN_ITEM: {
        **_staying(*BEING_CHECKED),
        State.SUBMITTED: State.INCOMPLETE,
    },
    Move.SEND_DEFICIENCY_NOTICE: dict.fromkeys(
        (State.SUBMITTED, State.INCOMPLETE, State.COMPLETE, State.IN_REVIEW),
        State.WAITING_ON_APPLICANT,
    ),
    Move.CURE: {State.WAITING_ON_APPLICANT: State.INCOMPLETE},
    Move.RECORD_LIVE_SCAN: _staying(*UNDECIDED),
    Move.COMPLETE: dict.fromkeys((State.SUBMITTED, State.INCOMPLETE), State.COMPLETE),
    Move.ASSIGN: {**_staying(*UNDECIDED), State.IN_REVIEW: State.COMPLETE},
    Move.RELEASE: {**_staying(*UNDECIDED), State.IN_REVIEW: State.COMPLETE},
    Move.BEGIN_REVIEW: {State.COMPLETE: State.IN_REVIEW},
    Move.DECIDE: dict.fromkeys((State.COMPLETE, State.IN_REVIEW), State.DECIDED),
    Move.REOPEN: {State.DECIDED: State.COMPLETE},
    Move.WITHDRAW: dict.fromkeys((State.DRAFT, *UNDECIDED), State.WITHDRAWN),
    Move.ABANDON: {State.WAITING_ON_APPLICANT: State.ABANDONED},
}
"""From which state each move leads to which; any other is refused."""

TURNS: Mapping[State, WaitingOn | None] = {
    State.DRAFT: WaitingOn.APPLICANT,
    State.SUBMITTED: WaitingOn.BOARD,
    State.INCOMPLETE: WaitingOn.BOARD,
    State.WAITING_ON_APPLICANT: WaitingOn.APPLICANT,
    State.COMPLETE: WaitingOn.BOARD,
    State.IN_REVIEW: WaitingOn.BOARD,
    State.DECIDED: None,
    State.WITHDRAWN: None,
    State.ABANDONED: None,
}
