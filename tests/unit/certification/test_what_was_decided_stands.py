"""Whatever is done to a holder's certifications, in whichever order, what was decided stands."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from certification.domain.certification_changes import Change
from certification.domain.standings import Status, standings_of
from shared.errors import ConflictError, InvalidInputError
from unit.certification.life_of_a_holder import Life

DAY = timedelta(days=1)
CHANGES = (Change.SUSPENDED, Change.REINSTATED, Change.REVOKED, Change.SURRENDERED)
WHICH = st.integers(0, 2)
OPEN = (Status.NOT_YET_CERTIFIED, Status.CERTIFIED, Status.EXPIRED)
"""How nobody reads in the register from whom the day was taken."""
STEP = st.one_of(
    st.builds(lambda days: lambda life: life.grant(days), st.sampled_from((0, 30))),
    st.builds(
        lambda which, change, days: lambda life: life.change(which, change, days),
        *(WHICH, st.sampled_from(CHANGES), st.integers(0, 40)),
    ),
    st.builds(
        lambda which, days, length: lambda life: life.correct(which, days, length),
        *(WHICH, st.sampled_from((-700, -20, -1, 0, 1, 20, 60)), st.integers(1, 760)),
    ),
    st.builds(lambda days: lambda life: life.wait(days), st.integers(1, 400)),
)


STEPS = st.lists(STEP, max_size=10)


def lived(steps: list[Callable[[Life], None]]) -> Life:
    """Play a life; what the rules refuse does not happen."""
    life = Life()
    life.grant(0)
    for step in steps:
        with suppress(ConflictError, InvalidInputError):
            step(life)
    return life


@settings(max_examples=400)
@given(steps=STEPS)
def test_a_day_that_was_taken_stays_taken_and_none_is_certified_before_its_decision(
    steps: list[Callable[[Life], None]],
) -> None:
    life = lived(steps)

    certified_though_taken = [
        (taken, day)
        for taken in life.taken
        for day in (taken.since, taken.since + 30 * DAY, taken.since + 800 * DAY, taken.until - DAY)
        if taken.since <= day < taken.until
        and life.status(taken.certification_id, day) is Status.CERTIFIED
    ]
    forgotten = [
        taken
        for taken in life.taken
        if taken.by == taken.certification_id
        and taken.since < taken.until
        and life.status(taken.by, taken.since) in OPEN
    ]
    certified_before_its_decision = [
        each
        for each, decided_on in life.decided_on.items()
        if life.status(each, decided_on - DAY) is Status.CERTIFIED
    ]
    assert certified_though_taken == []
    assert forgotten == []
    assert certified_before_its_decision == []


@settings(max_examples=400)
@given(steps=STEPS)
def test_two_certifications_never_hold_at_once_and_none_is_replaced_by_nothing(
    steps: list[Callable[[Life], None]],
) -> None:
    life = lived(steps)

    in_force_at_once = [
        each.id
        for each, follower in pairwise(life.held)
        if life.status(each.id, follower.effective_from) in {Status.CERTIFIED, Status.SUSPENDED}
    ]
    replaced_by_nothing = [
        each.id
        for each, follower in pairwise(life.held)
        for standing in standings_of(life.changes[each.id])
        if standing.status is Status.REPLACED
        and life.status(follower.id, standing.effective_from) is Status.NOT_YET_CERTIFIED
    ]
    assert in_force_at_once == []
    assert replaced_by_nothing == []
