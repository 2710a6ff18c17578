"""Whatever happens to log, topic and consumer, in whatever order: each event once, in order."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from integration.messaging.conftest import opened
from integration.messaging.log_world import LogWorld
from shared.database.leases import LeaseLostError
from shared.messaging.consuming.progress import ProgressMovedError
from shared.process.fault_points import FaultPoint
from shared.testing.messaging import KilledError, armed
from shared.testing.two_services import PARTITIONS, TwoServices

STEPS = 40
THINGS = [UUID(int=number) for number in range(1, 6)]
LOST = st.lists(st.sampled_from([False, False, True]), min_size=1, max_size=12)
FACTS = st.lists(st.tuples(st.sampled_from(THINGS), st.integers(1, 3)), min_size=1, max_size=6)
PLACES = st.integers(0, PARTITIONS - 1)


class LogMachine(RuleBasedStateMachine):
    """The steps that publishers, brokers, consumers and operators take, and their crashes."""

    open_services: Callable[[], Awaitable[TwoServices]]

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.numbers = dict.fromkeys(THINGS, 0)

    def run(self, step: Awaitable[Any]) -> Any:  # noqa: ANN401 - whatever the step returns
        """Take one step."""

        async def awaited() -> Any:  # noqa: ANN401 - the same
            return await step

        return self.runner.run(awaited())

    @initialize()
    def begin(self) -> None:
        """Start with an empty log and its first publisher."""
        self.world = LogWorld(self.run(type(self).open_services()))
        self.run(self.world.lead())
        self.announce([(thing, 2) for thing in THINGS])
        self.sequence(7)

    @rule(facts=FACTS)
    def announce(self, facts: list[tuple[UUID, int]]) -> None:
        """Commit facts about a few things, a transaction for each."""
        for thing, count in facts:
            first = self.numbers[thing] + 1
            self.numbers[thing] += count
            self.run(self.world.services.announce(thing, *range(first, first + count)))

    @rule(facts=FACTS, lost=LOST)
    def announce_and_send(self, facts: list[tuple[UUID, int]], lost: list[bool]) -> None:
        """The same, numbered and sent at once, as on a good day; the broker may lose some."""
        self.announce(facts)
        self.sequence(100)
        self.run(self.world.send(len(lost), lost))

    @rule(limit=st.integers(1, 5))
    def sequence(self, limit: int) -> None:
        """Number what waits."""
        self.run(self.world.sequence(limit))

    @rule()
    def crash_while_sequencing(self) -> None:
        """A publisher dies after taking rows: they are still there."""
        if self.run(self.world.has_waiting()):
            with armed(FaultPoint.TAKEN), pytest.raises(KilledError):
                self.run(self.world.sequence(1_000))

    @rule()
    def take_over_while_the_old_one_goes_on(self) -> None:
        """A paused publisher wakes up behind its successor: it can change nothing."""
        old = self.world.sequencer
        self.run(self.world.services.announce(THINGS[0], self.next_number(THINGS[0])))
        self.run(self.world.lead())
        with pytest.raises(LeaseLostError):
            self.run(old.sequence())

    @rule(lost=LOST, is_recorded=st.booleans())
    def send(self, lost: list[bool], is_recorded: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        """Put events on the topic; the broker may lose some, the note of it may be lost."""
        self.run(self.world.send(len(lost), lost))
        if is_recorded:
            self.run(self.world.record_published())

    @rule(place=PLACES, offset=st.integers(0, 50))
    def replay(self, place: int, offset: int) -> None:
        """A record comes again."""
        self.world.replay(place, offset)

    @rule(place=PLACES, count=st.integers(1, 12))
    def consume(self, place: int, count: int) -> None:
        """Read on, mending what is broken."""
        self.run(self.world.consume(place, count))

    @rule(place=PLACES, point=st.sampled_from([FaultPoint.HANDLED, FaultPoint.CONSUMED]))
    def crash_while_consuming(self, place: int, point: FaultPoint) -> None:
        """A consumer dies around its commit."""
        if self.run(self.world.is_behind(place)):
            with armed(point), pytest.raises(KilledError):
                self.run(self.world.consume(place, 4))

    @rule(place=PLACES)
    def another_owner_goes_on_first(self, place: int) -> None:
        """Two hold the same batch: the later one drops it."""
        if not self.run(self.world.is_behind(place)):
            return
        partition, stands, records = self.run(self.world.fetched(place, 3))
        self.run(self.world.consume(place, 3))
        if self.run(self.world.batches.position(partition)) != stands:
            with pytest.raises(ProgressMovedError):
                self.run(self.world.batches.commit(partition, stands, records))

    @rule(things=st.sets(st.sampled_from(THINGS), max_size=3))
    def close(self, things: set[UUID]) -> None:
        """From now on the handler fails for these things, and works for all others."""
        self.world.closed = things

    @rule(back=st.integers(0, 4))
    def restore(self, back: int) -> None:
        """The database goes back a few events and begins a new epoch."""
        (through,) = self.run(
            self.world.services.values("SELECT sequenced_through FROM publication")
        )
        self.run(self.world.restore(max(through - back, 0)))

    def next_number(self, thing: UUID) -> int:
        """Count on."""
        self.numbers[thing] += 1
        return self.numbers[thing]

    def teardown(self) -> None:
        """Come to rest, then hold what was applied against the log."""
        try:
            self.run(self.world.settle())
            self.run(check(self.world))
        finally:
            self.run(self.world.services.connection.close())
            self.run(self.world.services.database.engine.dispose())
            self.runner.close()


async def check(world: LogWorld) -> None:
    """Each event of the log was applied once and in order, and what came of no other is left."""
    rows = await world.services.connection.fetch(
        "SELECT sequence, event_id, subject_id, previous_sequence, partition"
        " FROM event_log ORDER BY sequence"
    )
    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
    noted = await world.services.values("SELECT event_id FROM notes ORDER BY id")
    logged = {row["event_id"] for row in rows}
    assert len(noted) == len(set(noted))
    assert set(noted) == logged
    for thing in THINGS:
        of_thing = [row["event_id"] for row in rows if row["subject_id"] == thing]
        assert [each for each in noted if each in set(of_thing)] == of_thing


@pytest.fixture
def machine(_database_url: str, _schema: None, kafka: str) -> type[LogMachine]:
    class Machine(LogMachine):
        @staticmethod
        async def open_services() -> TwoServices:
            return await opened(_database_url, kafka)

    return Machine


@pytest.mark.parametrize(
    "examples", [30, pytest.param(500, marks=pytest.mark.long)], ids=["briefly", "at length"]
)
def test_each_event_has_its_effect_once_and_in_order_whatever_happens(
    machine: type[LogMachine], examples: int
) -> None:
    bounded = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(machine, settings=bounded)
