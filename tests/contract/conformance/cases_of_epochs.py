"""Cases in which a log began anew: what came of the old epoch still counts up to the fork."""

from collections.abc import Iterator

from contract.conformance.recording import Log, Place, Recording
from shared.messaging.log.epochs import Fork
from shared.messaging.log.feed import StaleEpochError
from shared.messaging.log.positions import Position


def cases() -> Iterator[Recording]:
    """Every case of this kind."""
    yield _older_epoch()
    yield _adopted()
    yield _adopted_with_a_gap()
    yield _adopted_at_a_watermark()
    yield _adopted_while_mending()
    yield _beyond_the_fork()
    yield _unknown_epoch()


def _unknown_epoch() -> Recording:
    says = (
        "A record of an epoch that the log has not begun, however often the feed is asked (three"
        " times): it is forged. Passed over; only the offset moves."
    )
    made, log, forged = Recording("epoch-not-begun", says), Log(), Log(99)
    first = log.add(0)
    made.put(first)
    made.put(forged.add(0), epoch=99)
    for _ in range(3):
        made.fed(log, 1, 0)
    second = log.add(0)
    made.put(second)
    return made.expect([first, second], {0: Place(1, 3, 2)})


def _fork(asked: str, log: Log, began_after: int) -> StaleEpochError:
    fork = Fork(log.epoch, began_after, list(log.tails))
    return StaleEpochError(Position.read(asked), log.epoch, fork)


def _older_epoch() -> Recording:
    says = "Records of an epoch that is over, whatever their sequence: skipped."
    made, old = Recording("older-epoch", says, {0: Place(2, 0, 2), 1: Place(2, 0, 0)}), Log()
    orphans = [old.add(0) for _ in range(4)]
    new = old.went_back(2)
    made.put(*orphans)
    made.watermark(0, 4, epoch=1)
    third = new.add(0)
    made.put(third, epoch=2)
    return made.expect([third], {0: Place(2, 6, 3)})


def _adopted() -> Recording:
    says = "A new epoch begins after the last event that was applied: go on in it."
    made, old = Recording("new-epoch-adopted", says), Log()
    first, second = old.add(0), old.add(0)
    made.put(first, second)
    new = old.went_back(2)
    made.refused("1:2", 0, _fork("1:2", new, 2))
    third = new.add(0)
    made.put(third, epoch=2)
    return made.expect([first, second, third], {0: Place(2, 3, 3)})


def _adopted_with_a_gap() -> Recording:
    says = "A new epoch, adopted; events between are missing and are read in the new epoch."
    made, old = Recording("new-epoch-adopted-with-a-gap", says), Log()
    first, second = old.add(0), old.add(0)
    made.put(first)
    new = old.went_back(2)
    made.refused("1:1", 0, _fork("1:1", new, 2))
    third, fourth = new.add(0), new.add(0)
    made.put(fourth, epoch=2)
    made.fed(new, 1, 0)
    return made.expect([first, second, third, fourth], {0: Place(2, 2, 4)})


def _adopted_at_a_watermark() -> Recording:
    says = "The first sign of the new epoch is a watermark, in a partition where nothing came."
    made, old = Recording("new-epoch-at-a-watermark", says), Log()
    first = old.add(0)
    made.put(first)
    new = old.went_back(1)
    made.watermark(0, 1, epoch=2)
    made.watermark(1, 0, epoch=2)
    made.refused("1:1", 0, _fork("1:1", new, 1))
    made.refused("1:0", 1, _fork("1:0", new, 1))
    return made.expect([first], {0: Place(2, 2, 1), 1: Place(2, 1, 0)})


def _adopted_while_mending() -> Recording:
    says = (
        "A gap in the old epoch; meanwhile the log has begun anew: adopt. The record of the old"
        " epoch then is none of ours, and the gap is filled before the next of the new one."
    )
    made, old = Recording("new-epoch-while-mending", says), Log()
    first, second, orphan = old.add(0), old.add(0), old.add(0)
    new = old.went_back(2)
    third = new.add(0)
    made.put(first, orphan)
    made.put(third, epoch=2)
    made.refused("1:1", 0, _fork("1:1", new, 2))
    made.fed(new, 1, 0)
    return made.expect([first, second, third], {0: Place(2, 3, 3)})


def _beyond_the_fork() -> Recording:
    says = (
        "A new epoch began before the last event that was applied: what came of the events beyond"
        " the fork must be made anew, by a person's decision."
    )
    made, old = Recording("new-epoch-beyond-the-fork", says), Log()
    events = [old.add(0) for _ in range(4)]
    made.put(*events)
    new = old.went_back(2)
    made.refused("1:4", 0, _fork("1:4", new, 2))
    made.put(new.add(0), epoch=2)
    made.may_be_fed(new, 2, 0)
    made.may_be_fed(new, 3, 0)
    return made.expect(events, {0: Place(1, 4, 4)}, stopped="applied-beyond-the-fork")
