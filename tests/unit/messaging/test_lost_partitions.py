"""A consumer whose group never gives its partitions back connects anew, once."""

from typing import cast

import pytest

from shared.database.database import Database
from shared.messaging.consuming import consumer as consuming
from shared.messaging.consuming.consumer import Consumer
from shared.messaging.consuming.feed_client import Feed
from shared.messaging.consuming.handlers import EventHandlers
from shared.messaging.kafka.subscriber import Subscriber
from shared.messaging.kafka.waiting import KafkaUnavailableError
from shared.messaging.wire.partition import Partition
from shared.process.settings import KafkaSettings


class Member:
    """What a consumer asks its subscriber here."""

    def __init__(self, *assigned: Partition) -> None:
        self.assigned = set(assigned)


@pytest.fixture
def consumer(monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """A consumer with no patience, that reaches for nothing."""
    monkeypatch.setattr(consuming, "WEDGED_SECONDS", -1.0)
    return Consumer(
        cast("Database", None),
        KafkaSettings(kafka_bootstrap_servers="127.0.0.1:9"),
        service="a-reader",
        handlers=EventHandlers(),
        feed=cast("Feed", None),
    )


def look(consumer: Consumer, member: Member) -> None:
    """Look whether the member has what it needs."""
    consumer._require_partitions(cast("Subscriber", member))  # noqa: SLF001 - the step under test


def test_partitions_that_are_lost_and_not_given_back_have_it_connect_anew(
    consumer: Consumer,
) -> None:
    look(consumer, Member(Partition("things.events", 0)))

    with pytest.raises(KafkaUnavailableError, match="gave none back"):
        look(consumer, Member())


def test_a_member_that_never_had_a_partition_stands_by(consumer: Consumer) -> None:
    look(consumer, Member())
    look(consumer, Member())
