"""How large a record an event becomes: key, value and headers, wherever in the log it ends up."""

from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.log.outbox import OutboxRow
from shared.messaging.wire.envelope import MOST_DIGITS, headers_of, source_of
from shared.messaging.wire.partitioning import subject_key

LARGEST_RECORD_BYTES = 65_536
"""A sixteenth of what a broker takes if nobody says otherwise."""
_LAST = 10**MOST_DIGITS - 1


def record_bytes(row: OutboxRow, service: str) -> int:
    """Return the bytes of the record that a row becomes, at the highest place there could be."""
    fields = (getattr(row, name) for name in OutboxRow.__dataclass_fields__)
    event = LoggedEvent._make((_LAST, *fields, 0, _LAST - 1))
    headers = headers_of(event, source_of(service), _LAST)
    named = sum(len(name) + len(value) for name, value in headers)
    return len(subject_key(row.subject_id)) + len(row.data) + named
