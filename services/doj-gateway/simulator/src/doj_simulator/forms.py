"""The SARATSO Score Submission Form as this intake reads it, version 1.

The true form's further fields are not published: this is an assumption, versioned so that
another can stand beside it.
"""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from doj_simulator.state import now

LATEST_TIME_ZONE = timedelta(days=1)
"""A date that has begun somewhere is no date in the future."""

Text = Annotated[str, Field(min_length=1, max_length=120)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FormPerson(_Part):
    """Whom the score is about."""

    given_name: Text
    middle_name: Text | None = None
    family_name: Text
    birth_date: date
    ssn: Annotated[str, Field(pattern=r"^\d{3}-?\d{2}-?\d{4}$")] | None = None
    cii_number: Annotated[str, Field(pattern=r"^A?\d{1,12}$")]
    cdcr_number: Annotated[str, Field(pattern=r"^[A-Z]{1,3}\d{1,8}$")] | None = None


class FormCase(_Part):
    """Under what supervision the person stands, and who supervises."""

    case_number: Text
    sentenced_on: date
    county_of_conviction: Text
    county_of_residence: Text
    supervision_type: Text
    agency: Text
    officer: Text


class FormResult(_Part):
    """What was scored: domains only where the instrument has them."""

    total: float
    level: Text | None = None
    domains: dict[str, float] = Field(default_factory=dict)


class ScoreSubmissionForm(_Part):
    """One scored instrument of one person."""

    form: Literal["score-submission-form"]
    form_version: Literal[1]
    reference: Text
    person: FormPerson
    case: FormCase
    instrument: Literal["sra-fv", "ls-cmi", "static-99r", "stable-2007"]
    instrument_version: Text
    result: FormResult
    reason: Literal["initial", "change", "final", "other"]
    assessed_on: date
    received_on: date | None = None
    sent_on: date
    scorer: Text
    program: Text | None = None


def refusal(body: bytes, reference: str) -> str | None:
    """Say by a code what is wrong with a form; None where nothing is."""
    try:
        form = ScoreSubmissionForm.model_validate_json(body)
    except ValidationError as error:
        return _code(error)
    if form.reference != reference:
        return "reference-differs"
    if form.assessed_on > (now() + LATEST_TIME_ZONE).date():
        return "assessed-on-in-the-future"
    return None


def _code(error: ValidationError) -> str:
    """Name the first field at fault, never its content."""
    fault = error.errors(include_input=False, include_url=False)[0]
    place = "-".join(str(part) for part in fault["loc"]).replace("_", "-") or "form"
    return f"{place}-missing" if fault["type"] == "missing" else f"{place}-invalid"
