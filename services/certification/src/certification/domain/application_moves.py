"""The states of an application and all moves between them, in one table.

The Board's 45-day clock starts when the state is *complete*. An application that lacks something is
*incomplete* while the Board checks it, and *waiting on applicant* after a deficiency notice; that
time is the applicant's.
"""

from collections.abc import Mapping
from enum import StrEnum


class ApplicationState(StrEnum):
    """State of an application.

    `draft`: not submitted. `submitted`: waiting for the check for completeness. `incomplete`:
    something is missing; the Board checks what came. `waiting-on-applicant`: a deficiency notice is
    open. `complete`: in the queue. `in-review`: a reviewer has begun. `decided`: granted or denied.
    `withdrawn`: by the applicant. `abandoned`: closed because a notice was not answered in time.
    """

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
    """Who must act next."""

    APPLICANT = "applicant"
    BOARD = "board"


class Move(StrEnum):
    """Every move of an application, in words that error messages use."""

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


BEING_CHECKED = (
    ApplicationState.SUBMITTED,
    ApplicationState.INCOMPLETE,
    ApplicationState.WAITING_ON_APPLICANT,
)
UNDECIDED = (*BEING_CHECKED, ApplicationState.COMPLETE, ApplicationState.IN_REVIEW)
"""Every state in which the application is submitted and neither decided nor closed."""


def _staying(*states: ApplicationState) -> dict[ApplicationState, ApplicationState]:
    return {state: state for state in states}


MOVES: Mapping[Move, Mapping[ApplicationState, ApplicationState]] = {
    Move.CHANGE_DRAFT: _staying(ApplicationState.DRAFT),
    Move.SUBMIT: {ApplicationState.DRAFT: ApplicationState.SUBMITTED},
    Move.RECEIVE_DOCUMENT: _staying(ApplicationState.DRAFT, *BEING_CHECKED),
    Move.STORE_CONTENT: _staying(ApplicationState.DRAFT, *UNDECIDED),
    Move.ACCEPT_ITEM: _staying(*BEING_CHECKED),
    Move.RETURN_ITEM: {
        **_staying(*BEING_CHECKED),
        ApplicationState.SUBMITTED: ApplicationState.INCOMPLETE,
    },
    Move.SEND_DEFICIENCY_NOTICE: dict.fromkeys(
        (
            ApplicationState.SUBMITTED,
            ApplicationState.INCOMPLETE,
            ApplicationState.COMPLETE,
            ApplicationState.IN_REVIEW,
        ),
        ApplicationState.WAITING_ON_APPLICANT,
    ),
    Move.CURE: {ApplicationState.WAITING_ON_APPLICANT: ApplicationState.INCOMPLETE},
    Move.RECORD_LIVE_SCAN: _staying(*UNDECIDED),
    Move.COMPLETE: dict.fromkeys(
        (ApplicationState.SUBMITTED, ApplicationState.INCOMPLETE), ApplicationState.COMPLETE
    ),
    Move.ASSIGN: {**_staying(*UNDECIDED), ApplicationState.IN_REVIEW: ApplicationState.COMPLETE},
    Move.RELEASE: {**_staying(*UNDECIDED), ApplicationState.IN_REVIEW: ApplicationState.COMPLETE},
    Move.BEGIN_REVIEW: {ApplicationState.COMPLETE: ApplicationState.IN_REVIEW},
    Move.DECIDE: dict.fromkeys(
        (ApplicationState.COMPLETE, ApplicationState.IN_REVIEW), ApplicationState.DECIDED
    ),
    Move.REOPEN: {ApplicationState.DECIDED: ApplicationState.COMPLETE},
    Move.WITHDRAW: dict.fromkeys((ApplicationState.DRAFT, *UNDECIDED), ApplicationState.WITHDRAWN),
    Move.ABANDON: {ApplicationState.WAITING_ON_APPLICANT: ApplicationState.ABANDONED},
}
"""For each move, the new state by the present state. Moves from any other state are refused."""

TURNS: Mapping[ApplicationState, WaitingOn | None] = {
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
