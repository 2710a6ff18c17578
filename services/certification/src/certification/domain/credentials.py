"""Records of what others grant: SARATSO's scorer certifications and examiners' standings.

SARATSO certifies a scorer per person and instrument. An examiner meets the Board's standards
without being certified by the Board.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError
from shared.law.validity import Validity


class InstrumentCode(StrEnum):
    """Risk assessment instrument for which a scorer is certified."""

    STATIC_99R = "static-99r"
    SRA_FV = "sra-fv"
    LS_CMI = "ls-cmi"


@dataclass(frozen=True)
class RecordedSpan(Validity):
    """The period of a record; it is never empty."""

    def __post_init__(self) -> None:
        if self.effective_from >= self.effective_until:
            raise InvalidInputError(
                f"{self.effective_until} is not after {self.effective_from}",
                code="empty-span",
                faults=[Fault("effective_until", "must be after effective_from")],
            )


class EndReason(StrEnum):
    """Why a record is no longer valid."""

    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class End:
    """First day without the record, the reason, and the record that superseded it, if any."""

    on: date
    because: EndReason
    superseded_by: UUID | None = None


@dataclass(frozen=True)
class ScorerCredential:
    """SARATSO's certification of one person for one instrument, with SARATSO's reference."""

    id: UUID
    scorer_id: UUID
    instrument: InstrumentCode
    span: RecordedSpan
    reference: str
    end: End | None = None
    version: int = 1


@dataclass(frozen=True)
class ExaminerStanding:
    """A record that a polygraph examiner meets the Board's standards, and why."""

    id: UUID
    examiner_id: UUID
    name: str
    qualification: str
    training_hours: int
    span: RecordedSpan
    end: End | None = None
    version: int = 1


def withdrawn(span: RecordedSpan, end: End | None, on: date) -> End:
    """End a record from a day within its period; ConflictError if it has ended."""
    refuse_ended(end)
    if not span.holds(on):
        raise InvalidInputError(
            f"the record is valid from {span.effective_from} until the day before "
            f"{span.effective_until}",
            code="not-within-span",
            faults=[Fault("effective_on", "must be a day on which the record is valid")],
        )
    return End(on, EndReason.WITHDRAWN)


def corrected(span: RecordedSpan, end: End | None, superseded_by: UUID) -> End:
    """End a record because another one corrects it; it counts as never valid."""
    refuse_ended(end)
    return End(span.effective_from, EndReason.CORRECTED, superseded_by)


def refuse_ended(end: End | None) -> None:
    """Raise ConflictError if the record was withdrawn or corrected."""
    if end is not None:
        raise ConflictError(
            f"the record was {end.because} and is no longer valid from {end.on} on",
            code="ended-before",
            members={"superseded_by": str(end.superseded_by) if end.superseded_by else None},
        )
