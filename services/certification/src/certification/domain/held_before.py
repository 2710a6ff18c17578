"""Certifications that the account behind an application holds or held, for its reviewer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification.domain.applications import Kind, Level
from certification.domain.standings import Status


@dataclass(frozen=True)
class PastChange:
    """One change of a certification, and its first day."""

    change: str
    effective_on: date


@dataclass(frozen=True)
class HeldBefore:
    """One certification of the account; `since` is None if it has not begun."""

    certification_id: UUID
    application_id: UUID | None
    kind: Kind
    number: str
    level: Level | None
    status: Status
    since: date | None
    changes: tuple[PastChange, ...]
