"""Runs a handler for one message, and decides what its failure means.

A failed handler must leave nothing behind, neither rows nor events. A savepoint for each costs more
than most handlers, so a batch is first tried without. If one fails, the transaction is rolled back
and the batch tried again with a savepoint for each.

Stored errors contain codes, fields and constraints, never values.
"""

import contextlib
import traceback
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from shared.database.database import is_passing, refused_by
from shared.database.transaction import Cause, Transaction
from shared.errors import CasombError, NotYetKnownError, UnavailableError
from shared.messaging.consuming.handlers import Registration
from shared.messaging.wire.envelope import Envelope
from shared.security.principals import process_actor
from shared.trace_context import read_traceparent


class ParkedState(StrEnum):
    """Whether a parked message is retried automatically."""

    WAITING = "waiting"
    DEAD = "dead"


@dataclass(frozen=True)
class Failure:
    """Why a message is parked."""

    state: ParkedState
    reason: str
    error: str


def cause_of(envelope: Envelope, consumer: str) -> Cause:
    """Return the actor and correlation to record for whatever handling this message changes."""
    return Cause(
        actor=process_actor(consumer),
        correlation_id=envelope.correlation_id or envelope.event_id,
        causation_id=envelope.event_id,
        traceparent=read_traceparent(envelope.traceparent),
    )


class NotCarefulError(Exception):
    """A handler failed without a savepoint: start again with savepoints."""


async def attempt(
    tx: Transaction,
    registration: Registration,
    envelope: Envelope,
    consumer: str,
    *,
    is_careful: bool = True,
) -> Failure | None:
    """Run the handler; returns None if it succeeds.

    Transient errors (deadlock, lost connection, …) are raised, so that the transaction is tried
    again. Raises NotCarefulError for any other error if there was no savepoint.
    """
    if envelope.schema_version > registration.kind.schema_version:
        return Failure(
            ParkedState.WAITING, "newer-schema", f"schema version {envelope.schema_version}"
        )
    if envelope.subject_id is None:
        return Failure(ParkedState.DEAD, "malformed", "no subject")
    tx.caused_by(cause_of(envelope, consumer))
    try:
        async with tx.savepoint() if is_careful else contextlib.nullcontext():
            await registration.read_and_handle(tx, envelope, envelope.subject_id)
    except Exception as error:
        if is_passing(error):
            raise
        if not is_careful:
            raise NotCarefulError from error
        return _failure(error)
    return None


async def write_out(tx: Transaction, *, is_careful: bool) -> None:
    """Write what handlers delayed; a failure belongs to one of them.

    Raises NotCarefulError as `attempt` does. With savepoints each handler has already written.
    """
    try:
        await tx.write_out()
    except Exception as error:
        if is_careful or is_passing(error):
            raise
        raise NotCarefulError from error


def _failure(error: Exception) -> Failure:
    match error:
        case NotYetKnownError():
            return Failure(ParkedState.WAITING, "not-yet-known", _words(error))
        case UnavailableError():
            return Failure(ParkedState.WAITING, "unavailable", _words(error))
        case CasombError():
            return Failure(ParkedState.DEAD, "refused", _words(error))
        case ValidationError():
            faults = (f"{'.'.join(map(str, e['loc']))} {e['type']}" for e in error.errors())
            return Failure(ParkedState.DEAD, "bad-shape", "; ".join(faults))
        case DBAPIError():
            return Failure(ParkedState.DEAD, "database-refused", refused_by(error))
        case _:
            return Failure(ParkedState.DEAD, "failed", _where(error))


def _words(error: CasombError) -> str:
    return f"{error.code}: {error.detail}"


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
