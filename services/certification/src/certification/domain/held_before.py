"""What the account behind an application was certified as before: its reviewer must not miss it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from certification.domain.applications import Kind, Level
from certification.domain.standings import Status


@dataclass(frozen=True)
class PastChange:
    """Something that happened to a certification, and from which day it holds."""

    change: str
    effective_on: date


@dataclass(frozen=True)
class HeldBefore:
    """One certification of the account; `since` is None for one that has not begun."""

    certification_id: UUID
    application_id: UUID | None
    kind: Kind
    number: str
    level: Level | None
    status: Status
    since: date | None
    changes: tuple[PastChange, ...]
