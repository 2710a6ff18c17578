"""What a broker says of a record itself, as against the connection, our rights or the cluster.

Only these may be answered by keeping a record from the topic. The client library names no error
for what newer brokers say of a record (INVALID_RECORD among them) and calls it unknown, which is
also what a broker says that is unwell: whoever withholds a record first tries whether the same
partition takes another one.
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
    """The broker refuses everything that is sent to a partition, not one record."""


def is_about_the_record(error: BaseException | None) -> bool:
    """Whether a refusal may be about the record's contents."""
    return isinstance(error, ABOUT_THE_RECORD)
