"""The checker itself: each promise holds for a whole history and fails for every broken one."""

from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from faults.checker import promises
from faults.checker.recorded import (
    Arrived,
    Consuming,
    Delivered,
    Logged,
    Producing,
    Submitted,
    Writes,
)

A, B = uuid4(), uuid4()
LOG = (
    Logged(1, uuid4(), A, partition=0, previous=0, number=1),
    Logged(2, uuid4(), B, partition=1, previous=0, number=1),
    Logged(3, uuid4(), A, partition=0, previous=1, number=2),
)
FIRST, SECOND, THIRD = LOG
EVENTS = [each.event_id for each in LOG]
TOPIC = [
    Delivered(each.partition, each.epoch, each.sequence, each.event_id, each.subject_id)
    for each in LOG
]
CONSUMED = Consuming(
    applied=EVENTS, projection={A: [1, 2], B: [1]}, followed_from=Counter(EVENTS), parked=[]
)
SENT = Submitted("r-1", "sent", content_hash="h", receipt_number="DOJ-1")
TAKEN = Arrived("r-1", "h", "accepted", deliveries=1)


def test_a_whole_history_keeps_every_promise() -> None:
    writes = Writes(committed=EVENTS)

    promises.the_log_is_whole(LOG)
    promises.what_was_committed_is_logged(writes, LOG)
    promises.subjects_keep_the_writers_order(writes, LOG)
    promises.kafka_acknowledged_all(Producing(LOG, TOPIC))
    promises.the_topic_is_a_copy(Producing(LOG, TOPIC))
    promises.first_occurrences_are_in_order([*TOPIC, *TOPIC])
    promises.each_event_was_applied_once(CONSUMED, LOG)
    promises.the_projection_is_the_fold(CONSUMED, LOG)
    promises.each_effect_was_announced_once(CONSUMED)
    promises.only_the_poisoned_are_parked(CONSUMED, [])
    promises.doj_has_each_score_once([SENT], [TAKEN])


def test_what_was_committed_with_an_unknown_outcome_may_be_there_or_not() -> None:
    promises.what_was_committed_is_logged(Writes(EVENTS[:2], {EVENTS[2], uuid4()}), LOG)


def test_what_an_ended_epoch_sent_beyond_its_fork_is_no_part_of_the_log() -> None:
    forked = replace(THIRD, epoch=2)
    disowned = replace(TOPIC[2], event_id=uuid4())
    anew = replace(TOPIC[2], epoch=2)
    topic = [*TOPIC[:2], disowned, anew]

    promises.kafka_acknowledged_all(Producing([FIRST, SECOND, forked], topic))
    promises.the_topic_is_a_copy(Producing([FIRST, SECOND, forked], topic))
    promises.first_occurrences_are_in_order(topic)


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ((FIRST, THIRD), "a hole"),
        ((FIRST, SECOND, replace(THIRD, event_id=FIRST.event_id)), "twice in the log"),
        ((FIRST, SECOND, replace(THIRD, previous=0)), "names another before it"),
    ],
    ids=["a hole", "an event twice", "a broken chain"],
)
def test_a_log_that_is_not_whole_is_found(log: tuple[Logged, ...], words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        promises.the_log_is_whole(log)


@pytest.mark.parametrize(
    ("committed", "words"),
    [([*EVENTS, uuid4()], "committed and lost"), (EVENTS[:2], "nobody wrote it")],
    ids=["a lost one", "a stranger"],
)
def test_a_log_with_other_events_than_were_committed_is_found(
    committed: list[UUID], words: str
) -> None:
    with pytest.raises(AssertionError, match=words):
        promises.what_was_committed_is_logged(Writes(committed), LOG)


def test_a_log_out_of_the_writers_order_is_found() -> None:
    with pytest.raises(AssertionError, match="out of the writer's order"):
        promises.subjects_keep_the_writers_order(Writes([EVENTS[2], EVENTS[0]]), LOG)


@pytest.mark.parametrize(
    "topic",
    [
        TOPIC[:2],
        [*TOPIC[:2], replace(TOPIC[2], partition=2)],
        [*TOPIC[:2], replace(TOPIC[2], epoch=2)],
    ],
    ids=["nowhere", "in another partition", "in another epoch"],
)
def test_an_event_that_never_came_to_the_topic_is_found(topic: list[Delivered]) -> None:
    with pytest.raises(AssertionError, match="never on the topic"):
        promises.kafka_acknowledged_all(Producing(LOG, topic))


def test_an_event_that_the_test_kept_from_the_topic_must_not_be_there() -> None:
    with pytest.raises(AssertionError, match="never on the topic"):
        promises.kafka_acknowledged_all(Producing(LOG, TOPIC), never_sent=[2])


def test_a_topic_that_says_something_else_than_the_log_is_found() -> None:
    with pytest.raises(AssertionError, match="another event than in the log"):
        promises.the_topic_is_a_copy(
            Producing(LOG, [*TOPIC[:2], replace(TOPIC[2], event_id=uuid4())])
        )


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ([TOPIC[2], TOPIC[0]], "in its partition"),
        ([replace(TOPIC[2], partition=1), TOPIC[0]], "its subject's order"),
        ([replace(TOPIC[0], epoch=2), TOPIC[2]], "in its partition"),
    ],
    ids=["of a partition", "of a subject", "of epochs"],
)
def test_first_occurrences_out_of_order_are_found(topic: list[Delivered], words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        promises.first_occurrences_are_in_order(topic)


@pytest.mark.parametrize(
    ("applied", "words"),
    [
        ([*EVENTS, EVENTS[0]], "applied twice"),
        (EVENTS[:2], "never applied"),
        ([*EVENTS, uuid4()], "not to be"),
        ([EVENTS[2], EVENTS[1], EVENTS[0]], "applied out of order"),
    ],
    ids=["twice", "never", "a stranger", "out of order"],
)
def test_effects_that_do_not_follow_the_log_are_found(applied: list[UUID], words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        promises.each_event_was_applied_once(replace(CONSUMED, applied=applied), LOG)


def test_a_projection_that_is_not_the_fold_is_found() -> None:
    with pytest.raises(AssertionError, match="not the fold"):
        promises.the_projection_is_the_fold(replace(CONSUMED, projection={A: [2, 1], B: [1]}), LOG)


@pytest.mark.parametrize(
    "followed",
    [Counter(EVENTS[:2]), Counter([*EVENTS, EVENTS[0]]), Counter([*EVENTS, uuid4()])],
    ids=["an effect that was not announced", "one announced twice", "one that never was"],
)
def test_announcements_that_do_not_follow_the_effects_are_found(followed: Counter[UUID]) -> None:
    with pytest.raises(AssertionError, match="announced without effect"):
        promises.each_effect_was_announced_once(replace(CONSUMED, followed_from=followed))


@pytest.mark.parametrize(
    ("parked", "poisoned"), [(["failed"], []), ([], ["failed"]), (["failed"], ["malformed"])]
)
def test_messages_parked_without_being_poisoned_are_found(
    parked: list[str], poisoned: list[str]
) -> None:
    with pytest.raises(AssertionError, match="parked"):
        promises.only_the_poisoned_are_parked(replace(CONSUMED, parked=parked), poisoned)


@pytest.mark.parametrize(
    ("submitted", "arrived", "words"),
    [
        ([SENT], [TAKEN, TAKEN], "taken twice"),
        ([replace(SENT, refusals=("reference-taken",))], [TAKEN], "with another content"),
        ([SENT], [], "what DOJ does not have"),
        ([SENT], [replace(TAKEN, content_hash="other")], "another content at DOJ"),
        ([], [TAKEN], "nobody sent it"),
    ],
    ids=["twice", "refused as taken", "a receipt for nothing", "other content", "a stranger"],
)
def test_what_doj_has_and_the_gateway_does_not_know_is_found(
    submitted: list[Submitted], arrived: list[Arrived], words: str
) -> None:
    with pytest.raises(AssertionError, match=words):
        promises.doj_has_each_score_once(submitted, arrived)
