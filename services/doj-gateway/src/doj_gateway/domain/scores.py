"""What the gateway keeps of a finalized assessment and of its case: ids, codes and dates."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doj_gateway.domain.obligations import Sides


@dataclass(frozen=True)
class Assessment:
    """A finalized assessment, never its result."""

    id: UUID
    version: int
    case_id: UUID
    instrument: str
    assessed_on: date
    scorer_id: UUID
    program_id: UUID | None
    agency: str

    def sides(self, officer_id: UUID | None = None) -> Sides:
        """Who may come to owe it to DOJ."""
        return Sides(
            agency=self.agency,
            officer_id=officer_id,
            provider_id=self.scorer_id,
            program_id=self.program_id,
        )


@dataclass(frozen=True)
class SupervisedCase:
    """Who supervises a case now; decides which officers see what is sent about it."""

    id: UUID
    agency: str
    unit: str | None
    officer_id: UUID
