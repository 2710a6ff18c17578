"""How often the outbox is looked at, how long retries wait, what is kept in memory."""

from datetime import UTC, datetime
from uuid import UUID

from shared.messaging.consuming.parking import LONGEST_RETRY_SECONDS, delay, packed, unpacked
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.publishing.pace import BUSY_SECONDS, IDLE_SECONDS, Pace
from shared.messaging.publishing.recent_events import RecentEvents
from shared.messaging.wire.envelope import KafkaRecord


def events(*sequences: int) -> list[LoggedEvent]:
    nobody, now = UUID(int=0), datetime(2026, 11, 20, tzinfo=UTC)
    return [
        LoggedEvent(s, nobody, "t", 1, "k", nobody, now, nobody, None, b"", None, 0, s - 1)
        for s in sequences
    ]


def test_looking_slows_down_while_there_is_nothing() -> None:
    pace = Pace()

    waits = [pace.after(cost=0.0001, found=0) for _ in range(20)]

    assert waits == sorted(waits)
    assert waits[-1] == IDLE_SECONDS
    assert pace.after(cost=0.0001, found=1) == BUSY_SECONDS


def test_looking_never_costs_more_than_a_tenth_of_the_time() -> None:
    assert Pace().after(cost=0.2, found=1) == 2.0


def test_fetching_many_is_work_and_not_looking() -> None:
    assert Pace().after(cost=0.01, found=1_000) == BUSY_SECONDS


def test_one_look_that_a_busy_machine_made_dear_does_not_count() -> None:
    pace = Pace()
    pace.after(cost=0.0001, found=1)

    assert pace.after(cost=0.05, found=1) == BUSY_SECONDS


def test_an_old_reader_that_makes_every_look_dear_slows_looking_down() -> None:
    pace = Pace()

    waits = [pace.after(cost=0.05, found=0) for _ in range(10)]

    assert waits[-1] == 0.5


def test_a_few_large_events_are_left_to_the_log_as_well() -> None:
    recent = RecentEvents()
    large = [event._replace(data=bytes(20_000_000)) for event in events(1, 2)]

    recent.add(large)

    assert recent.after(0, 10) == []


def test_the_newest_events_are_at_hand_where_they_follow_on() -> None:
    recent = RecentEvents()
    recent.add(events(5, 6, 7))

    assert recent.after(3, 10) == []
    assert [event.sequence for event in recent.after(4, 2)] == [5, 6]
    assert [event.sequence for event in recent.after(6, 10)] == [7]
    assert recent.after(7, 10) == []


def test_a_backlog_too_long_is_left_to_the_log() -> None:
    recent = RecentEvents(kept=2)

    recent.add(events(1, 2, 3))

    assert recent.after(0, 10) == []


def test_retries_wait_longer_each_time_and_never_more_than_a_minute() -> None:
    waits = [delay(attempts) for attempts in range(40)]

    assert waits[:4] == [0.0, 0.1, 0.2, 0.4]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_RETRY_SECONDS


def test_a_record_set_aside_is_kept_to_the_byte() -> None:
    record = KafkaRecord("t.events", 2, 9, (("ce_id", b"\x00\xff"),), bytes(range(256)))

    assert unpacked("t.events", 2, 9, packed(record)) == record
