"""Which of the client library's errors speak of a record: every one that it has is looked at."""

from aiokafka import errors

from shared.messaging.kafka.refusals import is_about_the_record

ABOUT_THE_RECORD = {
    "CorruptRecordException",
    "InvalidRequestError",
    "InvalidTimestampError",
    "MessageSizeTooLargeError",
    "PolicyViolationError",
    "RecordListTooLargeError",
    "RecordTooLargeError",
    "UnknownError",
    "UnsupportedForMessageFormatError",
}
INVALID_RECORD = 87


def test_connection_rights_topic_and_cluster_are_never_taken_for_a_fault_of_the_record() -> None:
    known = [
        error
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.KafkaError)
    ]

    found = {error.__name__ for error in known if is_about_the_record(error())}

    assert found == ABOUT_THE_RECORD


def test_an_answer_that_the_library_does_not_know_may_be_about_the_record() -> None:
    assert is_about_the_record(errors.for_code(INVALID_RECORD)())
