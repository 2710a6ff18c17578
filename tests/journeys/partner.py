"""An integration partner who runs the worked consumer as a process of their own."""

import json
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import asyncpg

from architecture.source_tree import ROOT
from local_system.databases import address, database_name
from local_system.system import System
from shared.events.catalog import SERVICES
from shared.messaging.wire.envelope import topic_of
from shared.testing.messaging import until

SETTLE_SECONDS = 240.0
SCRIPT = ROOT / "docs/partners/consumer.py"

HAS_BEGUN = "SELECT name FROM sqlite_master WHERE name = 'events'"
AT_REST = """
    SELECT NOT EXISTS (SELECT FROM outbox)
           AND (SELECT sequenced_through FROM publication)
               = (SELECT published_through FROM published)
"""

ByPartition = dict[int, list[tuple[int, str]]]
"""Sequence and id of each event, in order, by partition."""


class Partner:
    """What a partner has: a token, a state file, a process that may die."""

    def __init__(
        self, system: System, service: str, folder: Path, *, role: str = "partner"
    ) -> None:
        assert service in SERVICES
        self._system, self._service = system, service
        self._state, self._log = folder / "places.sqlite", folder / "consumer.log"
        self.token = folder / "token"
        self.token.write_text(system.token(role) + "\n")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *more: str) -> None:
        """Start the consumer, as the partners' page says."""
        arguments = {
            "kafka": self._system.kafka_bootstrap,
            "topic": topic_of(self._service),
            "feed": self._system.url(self._service),
            "token-file": str(self.token),
            "state": str(self._state),
        }
        given = [text for name, value in arguments.items() for text in (f"--{name}", value)]
        with self._log.open("ab") as log:
            command = (sys.executable, "-u", str(SCRIPT), *given, *more)
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    def kill(self) -> None:
        """End the consumer's process without a word."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    async def until_it_stops(self, words: str) -> None:
        """Wait until the process has ended by itself, saying why."""

        async def has_ended() -> bool:
            return self._process is not None and self._process.poll() is not None

        await until(has_ended, SETTLE_SECONDS)
        assert words in self.said(), self.said()

    def said(self) -> str:
        """What the consumer has printed so far."""
        return self._log.read_text()

    def holds(self) -> ByPartition:
        """What came into the state file, in the order in which it came."""
        held: ByPartition = defaultdict(list)
        with closing(sqlite3.connect(self._state)) as database:
            if not database.execute(HAS_BEGUN).fetchone():
                return held
            rows = database.execute("SELECT partition, event FROM events ORDER BY number")
            for partition, text in rows:
                event = json.loads(text)
                held[partition].append((event["sequence"], event["id"]))
        return held

    def epochs(self) -> dict[int, int]:
        """The epoch in which it reads each partition."""
        with closing(sqlite3.connect(self._state)) as database:
            return dict(database.execute("SELECT partition, epoch FROM places"))

    async def until_it_holds(self, count: int) -> None:
        """Wait until so many events came, or the process is no more."""

        async def came() -> bool:
            assert self._process is not None
            assert self._process.poll() is None, self.said()
            return sum(map(len, self.holds().values())) >= count

        await until(came, SETTLE_SECONDS)

    async def until_it_holds_the_log(self) -> None:
        """Wait until the state file has as many events as the log, then compare each."""
        log = await self.log()
        await self.until_it_holds(sum(map(len, log.values())))
        assert self.holds() == log, self.said()

    async def until_it_agrees_with_the_log(self) -> None:
        """Wait until the state file has what the log has, and nothing that it no longer has."""
        log = await self.log()

        async def agrees() -> bool:
            assert self._process is not None
            assert self._process.poll() is None, self.said()
            return self.holds() == log

        await until(agrees, SETTLE_SECONDS)

    async def log(self) -> ByPartition:
        """What the service's log has, once all that was announced is on the topic too."""
        name = database_name(self._service)
        connection = await asyncpg.connect(address(self._system.database_server, name))
        try:

            async def is_at_rest() -> bool:
                return bool(await connection.fetchval(AT_REST))

            await until(is_at_rest, SETTLE_SECONDS)
            rows = await connection.fetch(
                "SELECT partition, sequence, event_id::text FROM event_log ORDER BY sequence"
            )
        finally:
            await connection.close()
        log: ByPartition = defaultdict(list)
        for partition, sequence, event_id in rows:
            log[partition].append((sequence, event_id))
        return log
