"""Cases in which the topic did not bring everything: what is missing is read from the feed."""

from collections.abc import Iterator

from contract.conformance.recording import SHARED, Log, Place, Recording
from shared.errors import UnavailableError
from shared.messaging.log.feed import AheadOfLogError, NoLongerHeldError


def cases() -> Iterator[Recording]:
    """Every case of this kind."""
    yield _hole()
    yield _long_hole()
    yield _two_holes()
    yield _watermark_shows_a_gap()
    yield _newcomer()
    yield _unreadable_event()
    yield _feed_away()
    yield _feed_behind()
    yield _no_longer_held()
    yield _not_in_the_log()
    yield _beyond_the_log()
    yield _contradiction()
    yield _contradicted()
    yield _feed_out_of_line()


def _hole() -> Recording:
    made = Recording("hole", "One event did not arrive: the next record names it, the feed has it.")
    log = Log()
    first, _, missing, third = log.add(0), log.add(1), log.add(0, SHARED), log.add(0)
    made.put(first, third)
    made.fed(log, 1, 0)
    return made.expect([first, missing, third], {0: Place(1, 2, 4)})


def _long_hole() -> Recording:
    says = "Many are missing; the feed gives more than that, and the topic brings the rest again."
    made, log = Recording("long-hole", says), Log()
    events = [log.add(0) for _ in range(9)]
    made.put(events[0], *events[6:])
    made.fed(log, 1, 0)
    return made.expect(events, {0: Place(1, 4, 9)})


def _two_holes() -> Recording:
    says = "A hole in each of two partitions: each is filled by itself, in its own order."
    made, log = Recording("hole-in-each-partition", says), Log()
    events = [log.add(0), log.add(1), log.add(0), log.add(1), log.add(0), log.add(1)]
    made.put(*events[:2], *events[4:])
    made.fed(log, 1, 0)
    made.fed(log, 2, 1)
    return made.expect(events, {0: Place(1, 2, 5), 1: Place(1, 2, 6)})


def _watermark_shows_a_gap() -> Recording:
    says = "The last events did not arrive and nothing follows them: the watermark tells."
    made, log = Recording("watermark-shows-a-gap", says), Log()
    events = [log.add(0) for _ in range(3)]
    made.put(events[0])
    made.watermark(0, 3)
    made.fed(log, 1, 0)
    return made.expect(events, {0: Place(1, 2, 3)})


def _newcomer() -> Recording:
    says = "The topic no longer has its beginning: who is new reads that from the feed."
    made, log = Recording("newcomer", says, first_offset=120), Log()
    events = [log.add(0) for _ in range(5)]
    made.put(*events[3:])
    made.fed(log, 0, 0)
    return made.expect(events, {0: Place(1, 122, 5)})


def _unreadable_event() -> Recording:
    says = "An event whose headers were spoiled on the way is no event; then it is missing."
    made, log = Recording("unreadable-event", says), Log()
    events = [log.add(0) for _ in range(3)]
    made.put(events[0])
    made.put(events[1], ce_sequence="two")
    made.put(events[1], ce_id=None)
    made.put(events[2])
    made.fed(log, 1, 0)
    return made.expect(events, {0: Place(1, 4, 3)})


def _feed_away() -> Recording:
    says = "The feed does not answer at first: the partition waits, and nothing is passed over."
    made, log = Recording("hole-while-the-feed-is-away", says), Log()
    events = [log.add(0) for _ in range(3)]
    made.put(events[0], events[2])
    made.refused("1:1", 0, UnavailableError("not just now", code="database-unavailable"))
    made.fed(log, 1, 0)
    return made.expect(events, {0: Place(1, 2, 3)})


def _feed_behind() -> Recording:
    says = "The feed does not have it yet (it may be read from a copy): ask again."
    made, log = Recording("hole-while-the-feed-is-behind", says), Log()
    events = [log.add(0)]
    behind = Log(1, 1, [1, 0], list(events))
    events += [log.add(0), log.add(0)]
    made.put(events[0], events[2])
    made.fed(behind, 1, 0)
    made.fed(log, 1, 0)
    return made.expect(events, {0: Place(1, 2, 3)})


def _no_longer_held() -> Recording:
    says = "What is missing is older than the log's retention: nobody can give it any more."
    made, log = Recording("no-longer-held", says), Log()
    events = [log.add(0) for _ in range(8)]
    made.put(events[0], events[7])
    words = "the events after 1:1 are no longer kept: the log begins after 1:6"
    gone = NoLongerHeldError(words, code="no-longer-held", members={"begins_after": "1:6"})
    made.refused("1:1", 0, gone)
    return made.expect(events[:1], {0: Place(1, 1, 1)}, stopped="no-longer-held")


def _not_in_the_log() -> Recording:
    says = (
        "A record follows an event that the log does not have in this partition, and the log does"
        " not have the record either: it is forged. Passed over; only the offset moves."
    )
    made, log, forged = Recording("not-in-the-log", says), Log(), Log()
    first, _ = log.add(0), log.add(1)
    forged.add(0), forged.add(0)
    made.put(first, forged.add(0))
    made.fed(log, 1, 0)
    made.fed(log, 2, 0)
    third = log.add(0)
    made.put(third)
    return made.expect([first, third], {0: Place(1, 3, 3)})


def _beyond_the_log() -> Recording:
    says = (
        "A record follows an event that the log has not come to, however often the feed is asked"
        " (three times): it is forged. Passed over; only the offset moves."
    )
    made, log, forged = Recording("beyond-the-log", says), Log(), Log()
    first = log.add(0)
    forged.sequenced_through, forged.tails = 5_000, [5_000, 0]
    made.put(first, forged.add(0))
    for _ in range(3):
        made.fed(log, 1, 0)
    second = log.add(0)
    made.put(second)
    return made.expect([first, second], {0: Place(1, 3, 2)})


def _contradiction() -> Recording:
    says = (
        "A record claims to follow an event from before the last one, and the log ends before it:"
        " it is forged. Passed over; only the offset moves."
    )
    made, log, forged = Recording("contradiction", says), Log(), Log()
    events = [log.add(0) for _ in range(3)]
    forged.add(0)
    forged.sequenced_through = 6
    made.put(*events, forged.add(0))
    words = "the log ends at 1:3, before 1:6"
    ahead = AheadOfLogError(words, code="position-ahead-of-log", members={"ends_at": "1:3"})
    made.refused("1:6", 0, ahead)
    events.append(log.add(0))
    made.put(events[-1])
    return made.expect(events, {0: Place(1, 5, 4)})


def _contradicted() -> Recording:
    says = (
        "A record claims to follow an event from before the last one, and the log has it: what was"
        " applied last is not in the log, though it fitted."
    )
    log = Log()
    log.add(0), log.add(0), log.add(1)
    made = Recording("contradicted-by-the-log", says, {0: Place(1, 3, 3), 1: Place()})
    made.first_offset = 3
    made.put(log.add(0))
    made.fed(log, 3, 0)
    return made.expect([], {0: Place(1, 3, 3)}, stopped="not-in-the-log")


def _feed_out_of_line() -> Recording:
    says = (
        "The feed leaves something out, as it does for who may not read all types: no chain can be"
        " mended from it."
    )
    made, log = Recording("feed-out-of-line", says), Log()
    events = [log.add(0) for _ in range(5)]
    made.put(events[0], events[4])
    filtered = Log(1, 5, list(log.tails), [event for event in events if event.sequence != 2])
    made.fed(filtered, 1, 0)
    return made.expect(events[:1], {0: Place(1, 1, 1)}, stopped="not-in-the-log")
