"""What DOJ's form says: of the person, of the case, of the result, of the submission itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class FormPerson:
    """Whom the score is about; in full, for DOJ alone."""

    given_name: str
    middle_name: str | None
    family_name: str
    birth_date: date
    ssn: str | None
    cii_number: str
    cdcr_number: str | None


@dataclass(frozen=True)
class FormCase:
    """Under what supervision the person stands, and who supervises, by their names."""

    case_number: str
    sentenced_on: date
    county_of_conviction: str
    county_of_residence: str
    supervision_type: str
    agency: str
    officer: str


@dataclass(frozen=True)
class FormResult:
    """What was scored, by whom and why."""

    instrument: str
    instrument_version: str
    total: float
    level: str | None
    domains: Mapping[str, float]
    reason: str
    assessed_on: date
    scorer_id: UUID
    program_id: UUID | None


@dataclass(frozen=True)
class FormSubmission:
    """The submission's own part; `sent_on` is the day of the fact that queued the score."""

    reference: str
    received_on: date | None
    sent_on: date


@dataclass(frozen=True)
class FormFacts:
    """Everything a form may draw from."""

    person: FormPerson
    case: FormCase
    result: FormResult
    submission: FormSubmission
