"""Forms filled in about persons who do not exist."""

from typing import Any
from uuid import uuid4


def new_reference() -> str:
    """Make a reference that nobody used."""
    return f"CASOMB-{uuid4()}-1"


def filled_form(reference: str, /, **changes: object) -> dict[str, Any]:
    """Fill in version 1 of the form."""
    form: dict[str, Any] = {
        "form": "score-submission-form",
        "form_version": 1,
        "reference": reference,
        "person": {
            "given_name": "Avery",
            "family_name": "Example",
            "birth_date": "1980-02-29",
            "cii_number": "12345678",
        },
        "case": {
            "case_number": "22FE001234",
            "sentenced_on": "2022-05-02",
            "county_of_conviction": "Sacramento",
            "county_of_residence": "Yolo",
            "supervision_type": "formal-probation",
            "agency": "Sacramento County Probation",
            "officer": "R. Officer",
        },
        "instrument": "sra-fv",
        "instrument_version": "1",
        "result": {"total": 2.5, "level": "moderate", "domains": {"self-management": 1.0}},
        "reason": "initial",
        "assessed_on": "2026-11-16",
        "received_on": "2026-11-20",
        "sent_on": "2026-11-20",
        "scorer": "a scorer's id",
        "program": "a program's id",
    }
    return form | changes
