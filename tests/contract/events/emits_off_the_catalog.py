"""A run of its own, started by test_emitted_events: its test passes, and yet the run must fail."""

from collections.abc import Callable

import asyncpg

from contract.events.emitted_events import Emitted
from shared.identifiers import new_id
from shared.schema.kernel_revisions import script_of


async def log_of_its_own(new_database: Callable[[str | None], str]) -> asyncpg.Connection:
    """Make a database with an empty log and connect to it."""
    connected = await asyncpg.connect(new_database(None))
    for revision in ("0001", "0002"):
        await connected.execute(script_of(f"kernel_{revision}"))
    return connected


async def emit(connection: asyncpg.Connection, event: Emitted) -> None:
    """Put an event into the outbox, past everything that would refuse it."""
    await connection.execute(
        "INSERT INTO outbox (event_id, type, schema_version, subject_kind, subject_id, occurred_at,"
        " correlation_id, data) VALUES ($1, $2, $3, $4, $5, now(), $1, $6)",
        new_id(),
        *event,
    )


async def test_an_uncataloged_event_is_emitted(new_database: Callable[[str | None], str]) -> None:
    connection = await log_of_its_own(new_database)

    await emit(connection, Emitted("supervision.month.lost", 1, "case", new_id(), b"{}"))

    await connection.close()
