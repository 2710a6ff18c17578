"""Changes of a certification, a scorer credential or a standing after it was recorded."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.law.validity import Validity


class ChangeKind(StrEnum):
    """The kinds of change."""

    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    ENDED = "ended"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class CredentialChange:
    """One change from one event; the changes of one credential arrive in order.

    `because` is why it ended. A correction has a `term` instead of a day and applies from the
    start.
    """

    fact_id: UUID
    credential_id: UUID
    kind: ChangeKind
    effective_on: date | None = None
    because: str | None = None
    term: Validity | None = None
