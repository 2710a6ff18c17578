"""Finalized assessments and their cases as stored by the gateway: IDs, codes and dates."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from doj_gateway.domain.obligations import Sides


@dataclass(frozen=True)
class Assessment:
    """A finalized assessment without its result."""

    id: UUID
    version: int
    case_id: UUID
    instrument: str
    assessed_on: date
    scorer_id: UUID
    program_id: UUID | None
    agency: str

    def sides(self, officer_id: UUID | None = None) -> Sides:
        """Return the sides that may owe the score to DOJ."""
        return Sides(
            agency=self.agency,
            officer_id=officer_id,
            provider_id=self.scorer_id,
            program_id=self.program_id,
        )


@dataclass(frozen=True)
class SupervisedCase:
    """Who supervises a case now. It decides which officers see its submissions."""

    id: UUID
    agency: str
    unit: str | None
    officer_id: UUID
