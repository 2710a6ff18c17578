"""Version 1 of the SARATSO Score Submission Form, as the simulated intake reads it.

Further fields of the real form are not published. This version is an assumption; another one can be
added beside it.
"""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from doj_simulator.state import now

LATEST_TIME_ZONE = timedelta(days=1)
"""Tolerance for dates that have begun in another time zone."""

Text = Annotated[str, Field(min_length=1, max_length=120)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FormPerson(_Part):
    """The person whom the score is about."""

    given_name: Text
    middle_name: Text | None = None
    family_name: Text
    birth_date: date
    ssn: Annotated[str, Field(pattern=r"^\d{3}-?\d{2}-?\d{4}$")] | None = None
    cii_number: Annotated[str, Field(pattern=r"^A?\d{1,12}$")]
    cdcr_number: Annotated[str, Field(pattern=r"^[A-Z]{1,3}\d{1,8}$")] | None = None


class FormCase(_Part):
    """The supervision of the person."""

    case_number: Text
    sentenced_on: date
    county_of_conviction: Text
    county_of_residence: Text
    supervision_type: Text
    agency: Text
    officer: Text


class FormResult(_Part):
    """The result. `domains` is empty if the instrument has no domains."""

    total: float
    level: Text | None = None
    domains: dict[str, float] = Field(default_factory=dict)


class ScoreSubmissionForm(_Part):
    """The form: one score of one person."""

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
    """Return a code that says what is wrong with a form; None if nothing is."""
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
    """Return a code with the name of the first wrong field, without its content."""
    fault = error.errors(include_input=False, include_url=False)[0]
    place = "-".join(str(part) for part in fault["loc"]).replace("_", "-") or "form"
    return f"{place}-missing" if fault["type"] == "missing" else f"{place}-invalid"
