"""A leader's lease: one row, timed by the database's clock, with a term that grows.

The holder times its lease by its monotonic clock from before it asked, and stops a margin before
the end. So a paused process finds the lease expired, and its later writes fail by their term.
"""

import time
from datetime import timedelta
from uuid import UUID

import asyncpg
from sqlalchemy import BigInteger, Column, DateTime, MetaData, Table, Text, Uuid

LEASE_SECONDS = 6.0
_UNUSED_SHARE = 1 / 3
_RENEW_SHARE = 1 / 4

_TAKE = """
    INSERT INTO leases (name, owner, term, expires_at)
    VALUES ($1, $2, 1, clock_timestamp() + $3)
    ON CONFLICT ON CONSTRAINT pk_leases DO UPDATE
        SET owner = $2, term = leases.term + 1, expires_at = clock_timestamp() + $3
        WHERE leases.expires_at <= clock_timestamp()
    RETURNING term
"""
_TAKE_OVER = """
    INSERT INTO leases (name, owner, term, expires_at)
    VALUES ($1, $2, 1, clock_timestamp() + $3)
    ON CONFLICT ON CONSTRAINT pk_leases DO UPDATE
        SET owner = $2, term = leases.term + 1, expires_at = clock_timestamp() + $3
    RETURNING term
"""
_RENEW = """
    UPDATE leases SET expires_at = clock_timestamp() + $4
    WHERE name = $1 AND owner = $2 AND term = $3 AND expires_at > clock_timestamp()
    RETURNING term
"""
_RELEASE = """
    UPDATE leases SET expires_at = clock_timestamp() WHERE name = $1 AND owner = $2 AND term = $3
"""


def attach_leases(metadata: MetaData) -> None:
    """Add the leases to a service's tables."""
    Table(
        "leases",
        metadata,
        Column("name", Text, primary_key=True),
        Column("owner", Uuid, nullable=False),
        Column("term", BigInteger, nullable=False),
        Column("expires_at", DateTime(timezone=True), nullable=False),
    )


class LeaseLostError(Exception):
    """Another process leads, or may by now, so the current work is dropped."""


class Lease:
    """A lease and its term; made by `take`."""

    def __init__(self, name: str, owner: UUID, term: int, asked_at: float, seconds: float) -> None:
        self.name = name
        self.owner = owner
        self.term = term
        self._seconds = seconds
        self._asked_at = asked_at

    @property
    def is_usable(self) -> bool:
        """Whether the holder may still act on it."""
        return time.monotonic() < self._asked_at + self._seconds * (1 - _UNUSED_SHARE)

    @property
    def is_due_for_renewal(self) -> bool:
        """Whether it is time to renew it."""
        return time.monotonic() > self._asked_at + self._seconds * _RENEW_SHARE

    def require(self) -> None:
        """Raise LeaseLostError unless the lease may still be used."""
        if not self.is_usable:
            raise LeaseLostError(f"the lease {self.name!r} of term {self.term} expired")

    async def renew(self, connection: asyncpg.Connection) -> None:
        """Extend it from now; raises LeaseLostError if it has expired or changed hands."""
        asked_at = time.monotonic()
        length = timedelta(seconds=self._seconds)
        if await connection.fetchval(_RENEW, self.name, self.owner, self.term, length) is None:
            raise LeaseLostError(f"the lease {self.name!r} of term {self.term} was taken over")
        self._asked_at = asked_at

    async def release(self, connection: asyncpg.Connection) -> None:
        """End it now, so that a successor need not wait."""
        await connection.execute(_RELEASE, self.name, self.owner, self.term)


async def take(
    connection: asyncpg.Connection, name: str, owner: UUID, seconds: float = LEASE_SECONDS
) -> Lease | None:
    """Take the lease if it is free or expired; None while another process holds it."""
    asked_at = time.monotonic()
    term = await connection.fetchval(_TAKE, name, owner, timedelta(seconds=seconds))
    return None if term is None else Lease(name, owner, term, asked_at, seconds)


async def take_over(
    connection: asyncpg.Connection, name: str, owner: UUID, seconds: float = LEASE_SECONDS
) -> Lease:
    """Take the lease even if another process holds it.

    The former holder notices when it renews; after `seconds` it can no longer act.
    """
    asked_at = time.monotonic()
    term = await connection.fetchval(_TAKE_OVER, name, owner, timedelta(seconds=seconds))
    return Lease(name, owner, term, asked_at, seconds)
