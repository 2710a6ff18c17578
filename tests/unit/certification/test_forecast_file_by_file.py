"""The cumulative sums of a run say what a desk comes to that takes one file after the other."""

from collections import deque
from dataclasses import dataclass, field
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from certification.domain.forecast.simulation import SimulationRun, _run

DAYS = 12
COUNTS = st.lists(st.integers(0, 4), min_size=DAYS, max_size=DAYS)
LENGTHS = st.integers(0, 15)
DAY = st.integers(0, DAYS - 1)
MANY = settings(max_examples=300, deadline=None)


@dataclass
class Desk:
    """Takes files back from their applicants first, then those in line, one after the other."""

    line: deque[str]
    back: deque[str] = field(default_factory=deque)
    decided_on: dict[str, int] = field(default_factory=dict)

    def work(self, day: int, output: int) -> None:
        """Decide so many."""
        for _ in range(output):
            if queue := self.back or self.line:
                self.decided_on[queue.popleft()] = day


def _worked(
    output: list[int], joining: list[int], backlog: int, back: list[int], *, joins: int
) -> dict[str, int]:
    """On which day each file is decided; `newcomer` is one more that joins last on its day."""
    desk = Desk(deque(f"line {number}" for number in range(1, backlog + 1)))
    for day in range(DAYS):
        desk.back.extend(f"back {day} {number}" for number in range(back[day]))
        desk.work(day, output[day])
        desk.line.extend(f"joined {day} {number}" for number in range(joining[day]))
        desk.line.extend(["newcomer"] if day == joins else [])
    return desk.decided_on


def _simulated(
    output: list[int], joining: list[int], backlog: int, back: list[int]
) -> SimulationRun:
    return _run(output, joining, backlog, list(accumulate(back)) if any(back) else [])


@MANY
@given(COUNTS, COUNTS, LENGTHS, COUNTS)
def test_places_in_line_are_decided_on_the_same_days(
    output: list[int], joining: list[int], backlog: int, back: list[int]
) -> None:
    decided_on = _worked(output, joining, backlog, back, joins=DAYS)

    run = _simulated(output, joining, backlog, back)

    for place in range(1, backlog + 1):
        reached = next((day for day in range(DAYS) if run.of_line[day] >= place), None)
        assert reached == decided_on.get(f"line {place}")


@MANY
@given(COUNTS, COUNTS, LENGTHS, COUNTS, DAY)
def test_a_newcomer_is_decided_on_the_same_day(
    output: list[int], joining: list[int], backlog: int, back: list[int], joins: int
) -> None:
    decided_on = _worked(output, joining, backlog, back, joins=joins)

    run = _simulated(output, joining, backlog, back)

    assert run.reached[joins] == decided_on.get("newcomer", DAYS)


@MANY
@given(COUNTS, COUNTS, LENGTHS, COUNTS, DAY)
def test_the_last_of_those_back_on_a_day_is_decided_on_the_same_day(
    output: list[int], joining: list[int], backlog: int, back: list[int], returns: int
) -> None:
    back[returns] += 1
    last = f"back {returns} {back[returns] - 1}"
    decided_on = _worked(output, joining, backlog, back, joins=DAYS)

    run = _simulated(output, joining, backlog, back)

    assert run.reaches_returned(returns) == decided_on.get(last, DAYS)


@MANY
@given(COUNTS, COUNTS, LENGTHS, DAY, st.integers(0, 5))
def test_what_lacks_for_a_newcomers_target_is_enough_in_time_and_one_less_is_not(
    output: list[int], joining: list[int], backlog: int, joins: int, later: int
) -> None:
    target = min(joins + 1 + later, DAYS - 1)
    run = _simulated(output, joining, backlog, [0] * DAYS)
    lacks = max(0, run.lacking([target] * DAYS)[joins])
    enough = [number + lacks * (day == target) for day, number in enumerate(output)]
    one_less = [number - (lacks > 0 and day == target) for day, number in enumerate(enough)]

    saved = _worked(enough, joining, backlog, [0] * DAYS, joins=joins)
    missed = _worked(one_less, joining, backlog, [0] * DAYS, joins=joins)

    assert target == joins or saved["newcomer"] <= target
    assert not lacks or missed.get("newcomer", DAYS) > target
