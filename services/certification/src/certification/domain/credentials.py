"""What the Board records and others grant: scorer certifications and examiners' standing.

A scorer certification is SARATSO's, per person and per tool; an examiner meets the Board's
standards without being certified by it.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.errors import Fault, InvalidInputError
from shared.law.validity import Validity


class Instrument(StrEnum):
    """The instruments for which scorers are certified or trained."""

    STATIC_99R = "static-99r"
    SRA_FV = "sra-fv"
    LS_CMI = "ls-cmi"


@dataclass(frozen=True)
class Span(Validity):
    """A validity as it is recorded: never an empty one."""

    def __post_init__(self) -> None:
        if self.effective_from >= self.effective_until:
            raise InvalidInputError(
                f"{self.effective_until} is not after {self.effective_from}",
                code="empty-span",
                faults=[Fault("body.effective_until", "must be after effective_from")],
            )


@dataclass(frozen=True)
class ScorerCredential:
    """SARATSO's certification of one person for one instrument; `reference` is its own."""

    id: UUID
    scorer_id: UUID
    instrument: Instrument
    span: Span
    reference: str


@dataclass(frozen=True)
class ExaminerStanding:
    """That a polygraph examiner meets the Board's standards, and on what grounds."""

    id: UUID
    examiner_id: UUID
    name: str
    qualification: str
    training_hours: int
    span: Span
