"""Broker errors about a record itself, not about the connection, permissions or the cluster.

Only these errors may cause a record to be withheld from the topic. The client library does not know
newer error codes about a record (such as INVALID_RECORD) and reports them as unknown, as it does
errors of a failing broker. So before a record is withheld, another one is tried in its partition.
"""

from aiokafka import errors

ABOUT_THE_RECORD = (
    errors.CorruptRecordException,
    errors.InvalidRequestError,
    errors.InvalidTimestampError,
    errors.MessageSizeTooLargeError,
    errors.PolicyViolationError,
    errors.RecordListTooLargeError,
    errors.RecordTooLargeError,
    errors.UnknownError,
    errors.UnsupportedForMessageFormatError,
)


class RecordsRefusedError(Exception):
    """Records sent together were refused because of their contents: at least one is at fault.

    `first` and `last` are their places among the records of one call, or their sequences in the
    log.
    """

    def __init__(self, partition: int, first: int, last: int, reason: str) -> None:
        super().__init__(f"partition {partition} refused records {first} to {last}: {reason}")
        self.partition = partition
        self.first = first
        self.last = last
        self.reason = reason


class PartitionRefusedError(Exception):
    """The broker refuses every record that is sent to a partition."""


def is_about_the_record(error: BaseException | None) -> bool:
    """Whether a refusal may be about the record's contents."""
    return isinstance(error, ABOUT_THE_RECORD)
