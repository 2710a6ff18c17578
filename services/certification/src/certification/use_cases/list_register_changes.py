"""Anybody follows the register's changes, in the order of this service's log."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import orjson

from certification.domain.applications import Kind
from certification.storage import register
from certification.storage.register import Numbered
from shared.database.transaction import Transaction
from shared.events.certification import (
    CertificationAmended,
    CertificationCorrected,
    CertificationEnded,
    CertificationGranted,
    CertificationRecorded,
    CertificationReinstated,
    CertificationSuspended,
)
from shared.events.event import Event
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.log.feed import FeedPage, FeedQuery, read_page
from shared.messaging.log.positions import Position

_KINDS: tuple[type[Event], ...] = (
    *(CertificationGranted, CertificationRecorded, CertificationCorrected, CertificationAmended),
    *(CertificationSuspended, CertificationReinstated, CertificationEnded),
)


@dataclass(frozen=True)
class RegisterChange:
    """One change of one register entry."""

    sequence: int
    kind: Kind
    number: str
    change: str
    effective_on: date
    announced_at: datetime


@dataclass(frozen=True)
class RegisterChanges:
    """The changes found, and the position to continue from."""

    changes: Sequence[RegisterChange]
    page: FeedPage


async def list_register_changes(
    tx: Transaction, after: Position | None, limit: int
) -> RegisterChanges:
    """Read from a position; refuse an unknown position as the event feed does."""
    page = await read_page(
        tx, FeedQuery(after, limit, [kind.type_for(tx.service) for kind in _KINDS])
    )
    whose = await register.numbered(tx, {event.subject_id for event in page.events})
    return RegisterChanges(list(_public(page.events, whose)), page)


def _public(
    events: Sequence[LoggedEvent], whose: Mapping[UUID, Numbered]
) -> Iterator[RegisterChange]:
    for event in events:
        data = orjson.loads(event.data)
        holder = whose[event.subject_id]
        yield RegisterChange(
            sequence=event.sequence,
            kind=holder.kind,
            number=holder.number,
            change=data.get("because") or event.type.rpartition(".")[2],
            effective_on=date.fromisoformat(data.get("effective_on") or data["effective_from"]),
            announced_at=event.occurred_at,
        )
