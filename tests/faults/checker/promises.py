"""The promises of the event log, each an assertion over what was recorded; pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from faults.checker.recorded import (
    Arrived,
    Consuming,
    Delivered,
    Logged,
    Producing,
    Submitted,
    Writes,
)


def the_log_is_whole(log: Sequence[Logged]) -> None:
    """Sequences have no hole, no event stands twice, each names the one before it."""
    assert [each.sequence for each in log] == list(range(1, len(log) + 1)), "a hole in the log"
    twice = [event for event, count in Counter(each.event_id for each in log).items() if count > 1]
    assert not twice, f"twice in the log: {twice}"
    tails: dict[int, int] = defaultdict(int)
    for each in log:
        assert each.previous == tails[each.partition], f"names another before it: {each}"
        tails[each.partition] = each.sequence


def what_was_committed_is_logged(writes: Writes, log: Sequence[Logged]) -> None:
    """Every acknowledged commit is there; nothing is there that nobody wrote."""
    logged = {each.event_id for each in log}
    lost = [event for event in writes.committed if event not in logged]
    assert not lost, f"committed and lost: {lost}"
    strangers = logged - set(writes.committed) - writes.unknown
    assert not strangers, f"logged, and nobody wrote it: {strangers}"


def subjects_keep_the_writers_order(writes: Writes, log: Sequence[Logged]) -> None:
    """Of one subject, what was committed first has the lower sequence."""
    places = {each.event_id: (each.subject_id, each.sequence) for each in log}
    last: dict[UUID, int] = {}
    for event in writes.committed:
        subject, sequence = places[event]
        assert sequence > last.get(subject, 0), f"out of the writer's order: {event}"
        last[subject] = sequence


def kafka_acknowledged_all(producing: Producing, never_sent: Collection[int] = ()) -> None:
    """Every logged event lies on the topic, where the log says, in its epoch."""
    there = {(each.epoch, each.sequence, each.partition) for each in producing.topic}
    missing = [
        each.sequence
        for each in producing.log
        if (each.epoch, each.sequence, each.partition) not in there
    ]
    assert missing == sorted(never_sent), f"never on the topic: {missing}"


def the_topic_is_a_copy(producing: Producing) -> None:
    """A record of the log's own epochs is the event that the log has at its sequence."""
    logged = {(each.epoch, each.sequence): each.event_id for each in producing.log}
    for each in producing.topic:
        event = logged.get((each.epoch, each.sequence))
        assert event in {None, each.event_id}, f"another event than in the log: {each}"


def first_occurrences_are_in_order(topic: Iterable[Delivered]) -> None:
    """In each partition, and so for each subject, sequences first appear in ascending order."""
    seen: set[tuple[int, int]] = set()
    by_partition: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    by_subject: dict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for each in topic:
        place = (each.epoch, each.sequence)
        if place in seen:
            continue
        seen.add(place)
        assert place > by_partition[each.partition], f"out of order in its partition: {each}"
        assert place > by_subject[each.subject_id], f"out of its subject's order: {each}"
        by_partition[each.partition] = by_subject[each.subject_id] = place


def each_event_was_applied_once(consuming: Consuming, expected: Sequence[Logged]) -> None:
    """Every event that the consumer handles has its effect once, in its subject's order."""
    counted = Counter(consuming.applied)
    twice = [event for event, count in counted.items() if count > 1]
    assert not twice, f"applied twice: {twice}"
    missed = [each.event_id for each in expected if each.event_id not in counted]
    assert not missed, f"never applied: {missed}"
    strangers = set(counted) - {each.event_id for each in expected}
    assert not strangers, f"applied, and not to be: {strangers}"
    order = {event: place for place, event in enumerate(consuming.applied)}
    last: dict[UUID, int] = defaultdict(lambda: -1)
    for each in expected:
        assert order[each.event_id] > last[each.subject_id], f"applied out of order: {each}"
        last[each.subject_id] = order[each.event_id]


def the_projection_is_the_fold(consuming: Consuming, expected: Sequence[Logged]) -> None:
    """The projection is what comes of the log, event by event."""
    fold: dict[UUID, list[int]] = defaultdict(list)
    for each in expected:
        assert each.number is not None
        fold[each.subject_id].append(each.number)
    found = {subject: list(numbers) for subject, numbers in consuming.projection.items()}
    assert found == fold, "the projection is not the fold of the log"


def each_effect_was_announced_once(consuming: Consuming) -> None:
    """What followed from an event was announced with its effect: once, and not without it."""
    assert consuming.followed_from == Counter(set(consuming.applied)), "announced without effect"


def only_the_poisoned_are_parked(consuming: Consuming, poisoned: Collection[str]) -> None:
    """Nothing waits that the test did not poison."""
    assert sorted(consuming.parked) == sorted(poisoned), f"parked: {consuming.parked}"


def doj_has_each_score_once(submitted: Sequence[Submitted], arrived: Sequence[Arrived]) -> None:
    """DOJ took each reference at most once with one content: the one that the gateway keeps.

    A gateway whose database went back takes DOJ's word for what it had sent, and keeps no content.
    """
    taken = Counter(each.reference for each in arrived)
    assert all(count == 1 for count in taken.values()), f"taken twice: {taken}"
    at_doj = {each.reference: each for each in arrived}
    for each in submitted:
        assert "reference-taken" not in each.refusals, f"sent with another content: {each}"
        there = at_doj.get(each.reference)
        if each.receipt_number is not None:
            assert there is not None, f"a receipt for what DOJ does not have: {each}"
        if there is not None and each.content_hash is not None:
            assert there.content_hash == each.content_hash, f"another content at DOJ: {each}"
    strangers = at_doj.keys() - {each.reference for each in submitted}
    assert not strangers, f"at DOJ, and nobody sent it: {strangers}"
