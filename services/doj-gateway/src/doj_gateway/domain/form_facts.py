"""The facts that fill DOJ's form: person, case, result and submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class FormPerson:
    """The person whom the score is about. The full identifiers are only for DOJ."""

    given_name: str
    middle_name: str | None
    family_name: str
    birth_date: date
    ssn: str | None
    cii_number: str
    cdcr_number: str | None


@dataclass(frozen=True)
class FormCase:
    """The supervision of the person, with the names of agency and officer."""

    case_number: str
    sentenced_on: date
    county_of_conviction: str
    county_of_residence: str
    supervision_type: str
    agency: str
    officer: str


@dataclass(frozen=True)
class FormResult:
    """The result: what was scored, by whom and why."""

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
    """The submission. `sent_on` is the day of the event that queued it, or of its release."""

    reference: str
    received_on: date | None
    sent_on: date


@dataclass(frozen=True)
class FormFacts:
    """All facts that may appear on a form."""

    person: FormPerson
    case: FormCase
    result: FormResult
    submission: FormSubmission
