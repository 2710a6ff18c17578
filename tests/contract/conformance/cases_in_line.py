"""Cases in which nothing is missing: what comes, comes again, or is of no concern."""

from collections.abc import Iterator

from contract.conformance.recording import FINALIZED, SHARED, Log, Place, Recording

_UNKNOWN_TYPE = "scoring.assessment.weighed"


def cases() -> Iterator[Recording]:
    """Every case of this kind."""
    yield _in_line()
    yield _duplicates()
    yield _replay()
    yield _unknown_fields()
    yield _unknown_type()
    yield _newer_schema()
    yield _watermarks_in_line()
    yield _late_watermark()
    yield _lost_topic()
    yield _foreign_records()


def _in_line() -> Recording:
    made, log = Recording("in-line", "Two partitions, nothing missing: each in its order."), Log()
    events = [log.add(0), log.add(1), log.add(0, SHARED), log.add(0), log.add(1)]
    made.put(*events)
    return made.expect(events, {0: Place(1, 3, 4), 1: Place(1, 2, 5)})


def _duplicates() -> Recording:
    made = Recording("duplicates", "Records come twice, with the same id and sequence.")
    log = Log()
    first, second, third = log.add(0), log.add(0), log.add(0)
    made.put(first, first, second, second, second, third)
    return made.expect([first, second, third], {0: Place(1, 6, 3)})


def _replay() -> Recording:
    says = "A publisher that died sends from further back once more, and then goes on."
    made, log = Recording("replay", says), Log()
    events = [log.add(0) for _ in range(4)]
    made.put(*events[:3])
    made.watermark(0, 3)
    made.put(*events)
    return made.expect(events, {0: Place(1, 8, 4)})


def _unknown_fields() -> Recording:
    says = "Fields in the data and headers that nobody has told of: both are ignored."
    made, log = Recording("unknown-fields", says), Log()
    first, second = log.add(0, hue="teal", parts=[{"weight": 1}]), log.add(0)
    made.put(first, ce_hue="teal", baggage="a=1")
    made.put(second)
    return made.expect([first, second], {0: Place(1, 2, 2)})


def _unknown_type() -> Recording:
    says = "A type that came later than the consumer: ignored, and yet a link of the chain."
    made, log = Recording("unknown-type", says), Log()
    events = [log.add(0), log.add(0, _UNKNOWN_TYPE), log.add(0)]
    made.put(*events)
    left_out = {events[1]: "unknown type"}
    return made.expect(events, {0: Place(1, 3, 3)}, optional=left_out)


def _newer_schema() -> Recording:
    says = (
        "A known type with a field more, and its schema's version one higher: read what you know,"
        " or set it aside with what comes later for its subject. The partition goes on."
    )
    made, log = Recording("newer-schema", says), Log()
    events = [log.add(0), log.add(0, FINALIZED, version=2, hue="teal"), log.add(0, SHARED)]
    made.put(*events)
    left_out = {events[1]: "newer schema"}
    return made.expect(events, {0: Place(1, 3, 3)}, optional=left_out)


def _watermarks_in_line() -> Recording:
    says = "Watermarks of quiet partitions: nothing was missed, only the offset moves."
    made, log = Recording("watermarks-in-line", says), Log()
    first, second, third = log.add(0), log.add(1), log.add(0)
    made.watermark(1, 0)
    made.put(first, second)
    made.watermark(0, 1)
    made.watermark(1, 2)
    made.put(third)
    made.watermark(0, 3)
    return made.expect([first, second, third], {0: Place(1, 4, 3), 1: Place(1, 3, 2)})


def _late_watermark() -> Recording:
    says = "A watermark that names a sequence long past is late and says nothing."
    made, log = Recording("late-watermark", says), Log()
    events = [log.add(0) for _ in range(3)]
    made.put(*events)
    made.watermark(0, 1)
    return made.expect(events, {0: Place(1, 4, 3)})


def _lost_topic() -> Recording:
    says = (
        "Kafka lost the topic, and the log was published anew from sequence 2 on: the offset of the"
        " place is not there any more. Read from the earliest; the chain says what is new."
    )
    made, log = Recording("lost-topic", says, {0: Place(1, 40, 3), 1: Place(1, 7, 0)}), Log()
    events = [log.add(0) for _ in range(4)]
    made.put(*events[1:])
    return made.expect(events[3:], {0: Place(1, 3, 4)})


def _foreign_records() -> Recording:
    says = "Bytes that are no event, put there by somebody else: noted and passed over."
    made, log = Recording("foreign-records", says), Log()
    first, second = log.add(0), log.add(0)
    made.put(first)
    made.foreign(0, b"\xff\xfe\x00 no event")
    made.foreign(0, b"{}", [("content-type", b"application/json"), ("ce_specversion", b"1.0")])
    made.foreign(0, b"")
    made.put(second)
    return made.expect([first, second], {0: Place(1, 5, 2)})
