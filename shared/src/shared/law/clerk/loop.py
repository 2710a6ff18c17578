"""The clerk's loop: waits for the lease, then sends due notices until it loses the lease.

Only the process with the lease works; the others stand by. The lease avoids double work; unique
rows, not the lease, guarantee that no notice is given twice.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from shared.database import leases
from shared.database import unpooled_connections as connections
from shared.database.database import Database
from shared.database.leases import Lease, LeaseLostError
from shared.database.transaction import Cause, Transaction
from shared.database.unpooled_connections import DATABASE_FAULTS, Connection
from shared.errors import UnavailableError
from shared.identifiers import new_id
from shared.law.clerk import metrics
from shared.law.clerk.sweep import DUTIES_AT_ONCE, Swept, next_look_at, sweep_batch
from shared.law.in_force import Law
from shared.process.logging import logger
from shared.process.settings import DatabaseSettings
from shared.process.together import first_of
from shared.security.principals import process_actor

LOG = logger(__name__)

LEASE = "clerk"
STANDBY_SECONDS = 1.0
LOOK_AT_LEAST_EVERY_SECONDS = 2.0
"""Longest pause: a new duty may have a notice due at once, and the lease must be renewed."""
REST_AT_LEAST_SECONDS = 0.2
"""Pause while the due duties are locked by somebody else."""


Work = Callable[[Transaction], Awaitable[int]]
"""Other work of a service's clerk, in batches; returns how much was done."""


class Clerk:
    """The loop that sends the notices of a service's duties."""

    name = "clerk"

    def __init__(
        self,
        settings: DatabaseSettings,
        database: Database,
        law: Law,
        *,
        works: Sequence[Work] = (),
    ) -> None:
        self._settings = settings
        self._database = database
        self._law = law
        self._works = works
        self._owner = new_id()
        self._reason: str | None = "has not asked for the lease yet"
        self._progress = time.monotonic()
        self._rest_seconds = LOOK_AT_LEAST_EVERY_SECONDS

    @property
    def last_progress(self) -> float:
        """Monotonic time of the loop's last round."""
        return self._progress

    async def reason(self) -> str | None:
        """Why it is unhealthy; a standby is healthy."""
        return self._reason

    async def run(self, stop: asyncio.Event) -> None:
        """Work until stopped."""
        while not stop.is_set():
            try:
                await self._stand_by(stop)
            except LeaseLostError as lost:
                LOG.warning("lease_lost", reason=str(lost))
            except (*DATABASE_FAULTS, UnavailableError) as fault:
                self._reason = f"the database is unavailable: {type(fault).__name__}"
                LOG.warning("database_away", reason=self._reason)
            await first_of(STANDBY_SECONDS, stop)

    async def _stand_by(self, stop: asyncio.Event) -> None:
        application = f"{self._database.service} clerk lease"
        connection = await connections.connect(self._settings, application, {})
        try:
            while not stop.is_set():
                self._progress = time.monotonic()
                lease = await leases.take(connection, LEASE, self._owner)
                self._reason = None
                if lease is not None:
                    await self._lead(lease, connection, stop)
                await first_of(STANDBY_SECONDS, stop)
        finally:
            await connections.close(connection)

    async def _lead(self, lease: Lease, connection: Connection, stop: asyncio.Event) -> None:
        LOG.info("leading", term=lease.term)
        metrics.IS_LEADER.labels(self._database.service).set(1)
        metrics.WITHOUT_LAW.labels(self._database.service)  # there from the start, at 0
        try:
            while not stop.is_set():
                swept = await self._sweep(lease, connection)
                works = [await self._work(work, lease) for work in self._works]
                if max(swept.looked_at, *works, 0) < DUTIES_AT_ONCE:
                    await first_of(self._rest_seconds, stop)
        finally:
            metrics.IS_LEADER.labels(self._database.service).set(0)
            with contextlib.suppress(*DATABASE_FAULTS):
                await lease.release(connection)

    async def _work(self, work: Work, lease: Lease) -> int:
        lease.require()
        async with self._database.transaction(self._cause()) as tx:
            done = await work(tx)
            lease.require()
        return done

    def _cause(self) -> Cause:
        return Cause(process_actor(f"{self._database.service} clerk"), new_id())

    async def _sweep(self, lease: Lease, connection: Connection) -> Swept:
        self._progress = time.monotonic()
        if lease.is_due_for_renewal:
            await lease.renew(connection)
        lease.require()
        async with self._database.transaction(self._cause()) as tx:
            swept = await sweep_batch(tx, self._law)
            next_at = await next_look_at(tx)
            now = tx.now
            if lease.is_due_for_renewal:
                await lease.renew(connection)
            lease.require()
        metrics.tell(self._database.service, swept.told, next_at, now)
        self._rest_seconds = _rest_until(next_at, now)
        return swept


def _rest_until(next_at: datetime | None, now: datetime) -> float:
    """When to continue, so that a notice is sent as its day begins."""
    if next_at is None:
        return LOOK_AT_LEAST_EVERY_SECONDS
    seconds = (next_at - now).total_seconds()
    return min(max(seconds, REST_AT_LEAST_SECONDS), LOOK_AT_LEAST_EVERY_SECONDS)
