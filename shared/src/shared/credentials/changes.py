"""What happens to a certification, a scorer credential or a standing after it was recorded."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.law.validity import Validity


class ChangeKind(StrEnum):
    """What may happen."""

    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    ENDED = "ended"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class CredentialChange:
    """One change as it was told by one fact, an event; the facts of one credential come in order.

    `because` says why it ended. A correction has a `term` instead of a day: it holds from the
    start.
    """

    fact_id: UUID
    credential_id: UUID
    kind: ChangeKind
    effective_on: date | None = None
    because: str | None = None
    term: Validity | None = None
