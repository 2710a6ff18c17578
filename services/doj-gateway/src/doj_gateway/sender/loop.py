"""The sender's loop: it claims rows whose next step is due and works on them in parallel.

Any number of senders may run, because claims keep them apart. If a sender ends, another one
continues its rows after the claims expire.
"""

import asyncio
import contextlib
import time
from collections.abc import Coroutine, Sequence
from typing import Any

from doj_gateway.sender.delivery import ACTOR, Delivery
from doj_gateway.sender.limits import Limits
from doj_gateway.sender.matching import Matching
from doj_gateway.sender.partners import Partners
from doj_gateway.sender.pulling import Pulling
from doj_gateway.sender.watching import watch_failure
from doj_gateway.storage import notices, submissions, waiting
from doj_gateway.storage.notices import ClaimedNotice
from doj_gateway.storage.submissions import ClaimedSubmission
from doj_gateway.storage.waiting import Waiting
from shared.database import unpooled_connections as connections
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.database.unpooled_connections import DATABASE_FAULTS, INDEX_ORDER, Connection
from shared.errors import UnavailableError
from shared.identifiers import new_id
from shared.process.logging import logger
from shared.process.settings import DatabaseSettings
from shared.process.together import first_of

LOG = logger(__name__)


class Sender:
    """The loop that sends scores to DOJ and acknowledges its notices."""

    name = "sender"

    def __init__(
        self,
        settings: DatabaseSettings,
        database: Database,
        partners: Partners,
        delivery: Delivery,
        matching: Matching,
        pulling: Pulling,
        limits: Limits,
    ) -> None:
        self._settings = settings
        self.database = database
        self._partners = partners
        self._delivery = delivery
        self._matching = matching
        self._pulling = pulling
        self._limits = limits
        self._steps: set[asyncio.Task[None]] = set()
        self._reason: str | None = "has not looked for work yet"
        self.last_progress = time.monotonic()

    async def reason(self) -> str | None:
        """Return why the sender is unhealthy, or None. An outage of DOJ does not count."""
        return self._reason

    async def run(self, stop: asyncio.Event) -> None:
        """Work until stopped, then finish the current steps."""
        beside = [
            asyncio.create_task(self._partners.keep_token_fresh()),
            asyncio.create_task(self._pull()),
        ]
        try:
            while not stop.is_set():
                self.last_progress = time.monotonic()
                try:
                    await self._session(stop)
                except (*DATABASE_FAULTS, UnavailableError) as error:
                    self._reason = f"the database is unavailable: {type(error).__name__}"
                    LOG.warning("database_away", reason=self._reason)
                    await first_of(self._limits.rest_after_failure_seconds, stop)
        finally:
            await self._finish()
            for each in beside:
                each.cancel()

    async def _pull(self) -> None:
        """Pull notices lost by a restore. The main loop reports an outage of the database."""
        while True:
            with contextlib.suppress(*DATABASE_FAULTS):
                await self._pulling.run()
            await asyncio.sleep(self._limits.rest_after_failure_seconds)

    async def _session(self, stop: asyncio.Event) -> None:
        """Look for work on one connection until it fails.

        The first round claims without checking first, which also warms up the claim queries.
        """
        name = f"{self.database.service} sender"
        connection = await connections.connect(self._settings, name, INDEX_ORDER)
        try:
            await self._begin(Waiting(submissions=True, notices=True))
            while not stop.is_set():
                self.last_progress = time.monotonic()
                await self._round(connection)
                self._reason = None
                await asyncio.sleep(self._limits.look_every_seconds)
        finally:
            await connections.close(connection)

    async def _round(self, connection: Connection) -> None:
        found = await waiting.ask(connection)
        if found.submissions or found.notices:
            await self._begin(found)

    async def _begin(self, found: Waiting) -> None:
        free = self._limits.at_once - len(self._steps)
        for step in await self._take_up(found, free) if free > 0 else ():
            task = asyncio.create_task(step)
            self._steps.add(task)
            task.add_done_callback(self._done)

    async def _take_up(self, found: Waiting, free: int) -> list[Coroutine[Any, Any, None]]:
        """Claim rows in a transaction that commits before work on them begins."""
        length = self._limits.claim
        scores: Sequence[ClaimedSubmission] = []
        told: Sequence[ClaimedNotice] = []
        async with self.database.transaction(Cause(ACTOR, new_id())) as tx:
            if found.submissions:
                scores = await submissions.take(tx, limit=free, length=length)
            if found.notices and len(scores) < free:
                told = await notices.take(tx, limit=free - len(scores), length=length)
        return [
            *(self._delivery.step(each) for each in scores),
            *(self._matching.step(each) for each in told),
        ]

    def _done(self, task: asyncio.Task[None]) -> None:
        """Log a failed step, which is tried again later. Other steps continue."""
        self._steps.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            watch_failure(error)

    async def _finish(self) -> None:
        if self._steps:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait(set(self._steps), timeout=self._limits.finish_seconds)
        for task in self._steps:
            task.cancel()
        await self._partners.close()
