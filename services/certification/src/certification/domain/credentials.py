"""What the Board records and others grant: scorer certifications and examiners' standing.

A scorer certification is SARATSO's, per person and per tool; an examiner meets the Board's
standards without being certified by it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError
from shared.law.validity import Validity


class InstrumentCode(StrEnum):
    """The instruments for which scorers are certified or trained."""

    STATIC_99R = "static-99r"
    SRA_FV = "sra-fv"
    LS_CMI = "ls-cmi"


@dataclass(frozen=True)
class RecordedSpan(Validity):
    """A validity as it is recorded: never an empty one."""

    def __post_init__(self) -> None:
        if self.effective_from >= self.effective_until:
            raise InvalidInputError(
                f"{self.effective_until} is not after {self.effective_from}",
                code="empty-span",
                faults=[Fault("effective_until", "must be after effective_from")],
            )


class EndReason(StrEnum):
    """Why what was recorded holds no longer."""

    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class End:
    """From which day it holds no longer, why, and which record took its place if one did."""

    on: date
    because: EndReason
    superseded_by: UUID | None = None


@dataclass(frozen=True)
class ScorerCredential:
    """SARATSO's certification of one person for one instrument; `reference` is its own."""

    id: UUID
    scorer_id: UUID
    instrument: InstrumentCode
    span: RecordedSpan
    reference: str
    end: End | None = None
    version: int = 1


@dataclass(frozen=True)
class ExaminerStanding:
    """That a polygraph examiner meets the Board's standards, and on what grounds."""

    id: UUID
    examiner_id: UUID
    name: str
    qualification: str
    training_hours: int
    span: RecordedSpan
    end: End | None = None
    version: int = 1


def withdrawn(span: RecordedSpan, end: End | None, on: date) -> End:
    """End what holds from a day on, within its span; ConflictError for what has ended."""
    refuse_ended(end)
    if not span.holds(on):
        raise InvalidInputError(
            f"it holds from {span.effective_from} until {span.effective_until}",
            code="not-within-span",
            faults=[Fault("effective_on", "is not a day on which it holds")],
        )
    return End(on, EndReason.WITHDRAWN)


def corrected(span: RecordedSpan, end: End | None, superseded_by: UUID) -> End:
    """Have another record take its place, as if it had never held."""
    refuse_ended(end)
    return End(span.effective_from, EndReason.CORRECTED, superseded_by)


def refuse_ended(end: End | None) -> None:
    """Raise ConflictError for what has ended or was corrected."""
    if end is not None:
        raise ConflictError(
            f"it was {end.because} and holds no longer from {end.on}",
            code="ended-before",
            members={"superseded_by": str(end.superseded_by) if end.superseded_by else None},
        )
