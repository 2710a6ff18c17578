"""The lease of a leader: one row by the database's clock, a term that grows with every change.

A holder counts its own lease by its monotonic clock from before it asked, and stops using it a
margin before the end; so a paused process finds it gone, and what it still tries fails by term.
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
    """Somebody else leads, or may lead by now: what was begun is dropped."""


class Lease:
    """A lease in hand, with its term; made by `take`."""

    def __init__(self, name: str, owner: UUID, term: int, asked_at: float, seconds: float) -> None:
        self.name = name
        self.owner = owner
        self.term = term
        self._seconds = seconds
        self._asked_at = asked_at

    @property
    def is_usable(self) -> bool:
        """Whether its holder may still act on it."""
        return time.monotonic() < self._asked_at + self._seconds * (1 - _UNUSED_SHARE)

    @property
    def is_due_for_renewal(self) -> bool:
        """Whether it is time to ask for more."""
        return time.monotonic() > self._asked_at + self._seconds * _RENEW_SHARE

    def require(self) -> None:
        """Raise LeaseLostError unless the lease may still be used."""
        if not self.is_usable:
            raise LeaseLostError(f"the lease {self.name!r} of term {self.term} ran out")

    async def renew(self, connection: asyncpg.Connection) -> None:
        """Extend it from now on; raises LeaseLostError when it has ended or changed hands."""
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
    """Take the lease if it is free or has run out; None while another holds it."""
    asked_at = time.monotonic()
    term = await connection.fetchval(_TAKE, name, owner, timedelta(seconds=seconds))
    return None if term is None else Lease(name, owner, term, asked_at, seconds)


async def take_over(
    connection: asyncpg.Connection, name: str, owner: UUID, seconds: float = LEASE_SECONDS
) -> Lease:
    """Take the lease whoever holds it.

    Who held it finds out when it renews it; `seconds` from now it can act on it no longer.
    """
    asked_at = time.monotonic()
    term = await connection.fetchval(_TAKE_OVER, name, owner, timedelta(seconds=seconds))
    return Lease(name, owner, term, asked_at, seconds)
