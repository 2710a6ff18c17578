"""`python -m <service> log …` and `consumption …`: what they print, and what they leave."""

from collections.abc import AsyncIterator, Callable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest

from integration.operating import operated
from shared.events.encoding import encoded
from shared.events.scoring import ShareMade
from shared.messaging.log.log_partitions import LogPartitions

SERVICE = "scoring"
EXAMPLES = Path(str(files("shared.events"))) / "examples"


class Said(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    text: str


class Operator:
    """Runs commands on one fresh database, and looks at what they did."""

    def __init__(self, url: str, connection: asyncpg.Connection) -> None:
        self.url = url
        self.connection = connection

    async def run(self, *words: str) -> Said:
        """Run one command to its end."""
        result = await operated(SERVICE, words, self.url)
        return Said(result.exit_code, result.output)

    async def audited(self) -> list[tuple[str, str]]:
        """Return who did what, as the audit record has it."""
        rows = await self.connection.fetch("SELECT actor, action FROM audit_entries ORDER BY at")
        return [(row["actor"], row["action"]) for row in rows]


@pytest.fixture
async def operator(new_database: Callable[[str | None], str]) -> AsyncIterator[Operator]:
    url = new_database(SERVICE)
    connection = await asyncpg.connect(url)
    yield Operator(url, connection)
    await connection.close()


@pytest.fixture
async def published(operator: Operator) -> Operator:
    """A log of seven events in two partitions, the first five acknowledged by Kafka."""
    await operator.connection.execute(
        """
        INSERT INTO leases VALUES ('publisher', gen_random_uuid(), 4, now() + interval '1 hour');
        INSERT INTO publication VALUES (1, 1, 4, 7, '{6,7}', 2, 17, 1);
        INSERT INTO published VALUES (1, 5);
        """
    )
    await LogPartitions(operator.connection).prepare(7)
    share = ShareMade.model_validate_json((EXAMPLES / "scoring.share.made.json").read_text())
    await operator.connection.execute(
        """
        INSERT INTO event_log
        SELECT sequence, gen_random_uuid(), 'scoring.share.made', 1, 'share', $1, now(),
               gen_random_uuid(), NULL, $2, NULL, partition, previous
        FROM (VALUES (1, 0, 0), (2, 0, 1), (3, 1, 0), (4, 3, 0), (5, 2, 1), (6, 4, 0), (7, 5, 1))
            AS event (sequence, previous, partition)
        """,
        share.subject_id,
        encoded(share),
    )
    return operator


@pytest.fixture
async def refused(published: Operator) -> Operator:
    """The same log, of which the broker refused the events at 3 and 5."""
    await published.connection.execute(
        """
        INSERT INTO withheld_records
        SELECT sequence, 1, partition, event_id, type, 'MessageSizeTooLargeError', 1,
               '2026-11-30 08:15+00', false
        FROM event_log WHERE sequence IN (3, 5)
        """
    )
    return published


async def test_a_log_that_never_began_says_so(operator: Operator) -> None:
    status = await operator.run("log", "status")
    refused = await operator.run("log", "begin-epoch", "--reason", "restored")

    assert status == (0, "nothing published yet\n")
    assert refused == (1, "nothing was published from this database yet\n")


async def test_a_new_epoch_begins_after_what_kafka_had_and_deposes_the_publisher(
    published: Operator,
) -> None:
    said = await published.run("log", "begin-epoch", "--reason", "restored", "--by", "pat")

    assert said == (0, "epoch 2 begins after sequence 5\n")
    fork = await published.connection.fetchrow("SELECT * FROM log_epochs")
    assert fork is not None
    assert (fork["began_after"], fork["tails"], fork["reason"]) == (5, [4, 5], "restored")
    free = "SELECT expires_at <= clock_timestamp() AND term = 5 FROM leases"
    assert await published.connection.fetchval(free)
    assert await published.audited() == [("console:pat", "log.begin-epoch")]


async def test_a_fork_is_set_further_back_where_events_were_published_since_the_restore(
    published: Operator,
) -> None:
    begin = ("log", "begin-epoch", "--reason", "restored", "--after")

    beyond = await published.run(*begin, "6")
    within = await published.run(*begin, "2")

    assert beyond.code == 1
    assert "this log and its readers share only what is in it through 5" in beyond.text
    assert within == (0, "epoch 2 begins after sequence 2\n")
    (fork,) = await published.connection.fetch("SELECT * FROM log_epochs")
    assert (fork["began_after"], fork["tails"]) == (2, [1, 2])
    sent_after = await published.connection.fetchval("SELECT published_through FROM published")
    assert sent_after == 2


async def test_a_refusal_is_shown_until_a_new_epoch_ends_it(published: Operator) -> None:
    await published.connection.execute(
        "UPDATE publication SET refused_because = 'Kafka is ahead', refused_at = now()"
    )

    before = await published.run("log", "status")
    await published.run("log", "begin-epoch", "--reason", "restored")
    after = await published.run("log", "status")

    assert "refused_because      Kafka is ahead\n" in before.text
    assert "refused_because      not refused\n" in after.text


async def test_what_no_log_wrote_at_the_end_of_the_topic_is_shown(published: Operator) -> None:
    before = await published.run("log", "status")
    await published.connection.execute(
        "UPDATE publication SET foreign_records = '{partition 0 at 7,partition 1 at 9}'"
    )

    after = await published.run("log", "status")

    assert "foreign" not in before.text
    assert "foreign on topic     partition 0 at 7\n" in after.text
    assert "foreign on topic     partition 1 at 9\n" in after.text


async def test_what_the_broker_refused_is_shown_and_tried_again_on_demand(
    refused: Operator,
) -> None:
    status = await refused.run("log", "status")
    shown = await refused.run("log", "withheld")
    unknown = await refused.run("log", "resend-withheld", "--sequence", "4")
    asked = await refused.run("log", "resend-withheld", "--sequence", "3", "--by", "pat")
    then = await refused.run("log", "withheld")

    assert "withheld             2\n" in status.text
    first, second = shown.text.splitlines()
    assert first.startswith("3  partition 0  scoring.share.made  ")
    assert first.endswith("MessageSizeTooLargeError  1 attempts since 2026-11-30 08:15")
    assert second.startswith("5  partition 1  ")
    assert unknown == (1, "sequence 4 is not withheld from the topic\n")
    assert asked.code == 0
    assert [line.endswith(", will be sent again") for line in then.text.splitlines()] == [
        True,
        False,
    ]
    assert await refused.audited() == [("console:pat", "log.resend-withheld")]


async def test_what_kafka_lost_is_marked_to_be_sent_again(published: Operator) -> None:
    said = await published.run("log", "republish", "--after", "2", "--by", "pat")

    assert said == (0, "5 events will be sent again in order; consumers ignore those they have\n")
    assert await published.connection.fetchval("SELECT published_through FROM published") == 2
    assert await published.audited() == [("console:pat", "log.republish")]


async def test_what_was_never_published_cannot_be_sent_again(published: Operator) -> None:
    said = await published.run("log", "republish", "--after", "6")

    assert said == (1, "sequence 6 was not published: the last published one is 5\n")
    assert await published.connection.fetchval("SELECT published_through FROM published") == 5
    assert await published.audited() == []


async def test_nothing_is_dropped_that_is_needed(published: Operator) -> None:
    said = await published.run("log", "prune", "--keep-days", "30")

    assert said.text.splitlines() == [
        "dropped: no partitions",
        "events after sequence 5 are still needed (not yet acknowledged by Kafka)",
    ]


async def test_no_gap_is_accepted_while_the_log_cannot_be_asked(operator: Operator) -> None:
    await operator.connection.execute(
        "INSERT INTO consumer_progress VALUES ($1, 'certification.events', 3, 1, 40, 12)", SERVICE
    )

    said = await operator.run(
        "consumption", "accept-gap", "certification.events", "3", "--through", "17"
    )

    assert said.code == 3
    assert said.text == "the identity provider does not issue a token at the moment\n"
    assert await operator.audited() == []


async def test_a_partition_that_is_not_read_has_no_gap_to_accept(operator: Operator) -> None:
    said = await operator.run(
        "consumption", "accept-gap", "certification.events", "9", "--through", "1"
    )

    assert said == (1, "scoring does not consume certification.events[9]\n")


async def test_what_was_passed_over_in_a_partition_is_counted_until_it_is_decided(
    operator: Operator,
) -> None:
    await operator.connection.execute(
        "INSERT INTO consumer_progress VALUES ($1, 'certification.events', 3, 1, 40, 12)", SERVICE
    )
    await operator.connection.executemany(
        "INSERT INTO parked_messages (id, consumer, topic, partition, record_offset, record,"
        " reason, error, state, attempts, parked_at, next_attempt_at)"
        " VALUES (gen_random_uuid(), $1, 'certification.events', 3, $2, '', $3, '', $4, 1,"
        " now(), now())",
        [
            (SERVICE, 1, "foreign", "dead"),
            (SERVICE, 2, "undecodable", "dead"),
            (SERVICE, 3, "foreign", "discarded"),
            (SERVICE, 4, "rule-broken", "dead"),
        ],
    )

    said = await operator.run("consumption", "status")

    assert said.text.endswith("  3  after 1:12, next 40, 2 skipped messages (see `desk list`)\n")


async def test_a_partition_in_which_nothing_was_read_yet_keeps_no_epoch_from_being_adopted(
    operator: Operator,
) -> None:
    await operator.connection.execute(
        "INSERT INTO consumer_progress VALUES ($1, 'certification.events', 3, 0, 0, 0)", SERVICE
    )

    said = await operator.run("consumption", "adopt-epoch", "certification.events")

    assert said.code == 0
    assert said.text.startswith("certification.events[3] has no events yet")
