"""No record is larger than it was measured before it was announced, wherever it ends up."""

from datetime import UTC, datetime
from uuid import UUID

from shared.database.outbox import OutboxRow
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.envelope import headers_of, source_of
from shared.messaging.wire.partitioning import subject_key

LONGEST = 10**18 - 1
SOME_ID = UUID(int=2**128 - 1)


def test_key_value_and_headers_are_all_measured() -> None:
    row = OutboxRow(
        event_id=SOME_ID,
        type="certification.examiner-standing.recorded.v2",
        schema_version=999,
        subject_kind="examiner-standing",
        subject_id=SOME_ID,
        occurred_at=datetime(2026, 11, 30, 23, 59, 59, 999_999, tzinfo=UTC),
        correlation_id=SOME_ID,
        causation_id=SOME_ID,
        data=b"{}" * 1_000,
        traceparent="00-" + "f" * 32 + "-" + "f" * 16 + "-01",
    )
    fields = (getattr(row, name) for name in OutboxRow.__dataclass_fields__)
    event = LoggedEvent._make((LONGEST, *fields, 99, LONGEST - 1))

    headers = headers_of(event, source_of("certification"), LONGEST)
    whole = len(subject_key(row.subject_id)) + len(event.data)
    whole += sum(len(name) + len(value) for name, value in headers)

    assert whole <= row.record_bytes <= whole + 100
