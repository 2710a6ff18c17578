"""`python -m <service> log …` and `consumption …`, run as an operator runs them."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

import asyncpg
import pytest

from local_system.environment import migration_environment

SERVICE = "scoring"


class Said(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    text: str


class Operator:
    """Runs commands on one fresh database, and looks at what they did."""

    def __init__(self, url: str, connection: asyncpg.Connection) -> None:
        self._environment = {**os.environ, **migration_environment(SERVICE, url)}
        self.connection = connection

    async def run(self, *words: str) -> Said:
        """Run one command to its end."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", SERVICE, *words),
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _ = await process.communicate()
        return Said(process.returncode or 0, printed.decode())

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
    return operator


async def test_a_log_that_never_began_says_so(operator: Operator) -> None:
    status = await operator.run("log", "status")
    refused = await operator.run("log", "begin-epoch", "--reason", "restored")

    assert status == (0, "nothing was ever published from here\n")
    assert refused == (1, "nothing was ever published from here\n")


async def test_a_new_epoch_begins_after_the_last_event_and_deposes_the_publisher(
    published: Operator,
) -> None:
    said = await published.run("log", "begin-epoch", "--reason", "restored", "--by", "pat")

    assert said == (0, "epoch 2 begins after sequence 7\n")
    fork = await published.connection.fetchrow("SELECT * FROM log_epochs")
    assert fork is not None
    assert (fork["began_after"], fork["tails"], fork["reason"]) == (7, [6, 7], "restored")
    free = "SELECT expires_at <= clock_timestamp() AND term = 5 FROM leases"
    assert await published.connection.fetchval(free)
    assert await published.audited() == [("console:pat", "log.begin-epoch")]


async def test_what_kafka_lost_is_marked_to_be_sent_again(published: Operator) -> None:
    said = await published.run("log", "republish", "--after", "2")

    assert said == (0, "5 events are sent again, in order; consumers skip what they have\n")
    assert await published.connection.fetchval("SELECT published_through FROM published") == 2


async def test_what_was_never_published_cannot_be_sent_again(published: Operator) -> None:
    said = await published.run("log", "republish", "--after", "6")

    assert said == (1, "sequence 6 was not published: the last that was is 5\n")
    assert await published.connection.fetchval("SELECT published_through FROM published") == 5
    assert await published.audited() == []


async def test_nothing_is_dropped_that_is_needed(published: Operator) -> None:
    said = await published.run("log", "prune", "--keep-days", "30")

    assert said.text.splitlines() == [
        "dropped: nothing",
        "needed after sequence 5 (what Kafka has acknowledged)",
    ]


async def test_a_gap_is_accepted_once_and_only_forward(operator: Operator) -> None:
    await operator.connection.execute(
        "INSERT INTO consumer_progress VALUES ($1, 'certification.events', 3, 1, 40, 12)", SERVICE
    )
    accept = ("consumption", "accept-gap", "certification.events", "3", "--through")

    accepted = await operator.run(*accept, "17")
    again = await operator.run(*accept, "17")
    status = await operator.run("consumption", "status")

    assert accepted == (0, "certification.events[3] goes on after 17\n")
    assert again == (1, "certification.events[3] stands at 17 already\n")
    assert status.text == "certification.events       3  after 1:17, next 40\n"
    assert [action for _, action in await operator.audited()] == ["position.accept-gap"]


async def test_a_partition_that_is_not_read_has_no_gap_to_accept(operator: Operator) -> None:
    said = await operator.run(
        "consumption", "accept-gap", "certification.events", "9", "--through", "1"
    )

    assert said == (1, "scoring does not read certification.events[9]\n")


async def test_a_partition_in_which_nothing_was_read_yet_keeps_no_epoch_from_being_adopted(
    operator: Operator,
) -> None:
    await operator.connection.execute(
        "INSERT INTO consumer_progress VALUES ($1, 'certification.events', 3, 0, 0, 0)", SERVICE
    )

    said = await operator.run("consumption", "adopt-epoch", "certification.events")

    assert said.code == 0
    assert said.text.startswith("certification.events[3] has nothing yet")
