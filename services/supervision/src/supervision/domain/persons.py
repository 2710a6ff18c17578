"""A person under supervision, and whether a DOJ notice names this person.

`shared.identity` defines how numbers and names are written. An SSN is rarely known; the full SSN
leaves this service only for DOJ's form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from shared.errors import WHOLE, Fault, InvalidInputError
from shared.identifiers import new_id
from shared.identity.names import fold_person_name

VISIBLE_SSN_DIGITS = 4


class Identification(StrEnum):
    """Result of looking up a person by identifiers."""

    MATCHED = "matched"
    NAME_DIFFERS = "name-differs"
    BIRTH_DATE_DIFFERS = "birth-date-differs"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Identity:
    """The fields that identify a person on DOJ's forms."""

    given_name: str
    middle_name: str | None
    family_name: str
    birth_date: date
    cii_number: str
    cdcr_number: str | None
    ssn: str | None

    def compared(self, family_name: str, birth_date: date) -> Identification:
        """Compare a family name and birth date with this person's. Name spelling is folded first.

        If both differ, the result is BIRTH_DATE_DIFFERS, the more reliable difference.
        """
        if self.birth_date != birth_date:
            return Identification.BIRTH_DATE_DIFFERS
        if fold_person_name(self.family_name) != fold_person_name(family_name):
            return Identification.NAME_DIFFERS
        return Identification.MATCHED


@dataclass(frozen=True)
class Person:
    """A person recorded by an agency. The agency sees the record even without an open case."""

    id: UUID
    recorded_by_agency: str
    identity: Identity


@dataclass(frozen=True)
class PersonCorrection:
    """The former values of corrected fields, and the reason. The person has the new values."""

    id: UUID
    person_id: UUID
    former: Mapping[str, object]
    reason: str


def corrected(person: Person, right: Mapping[str, Any], reason: str) -> PersonCorrection:
    """Return a correction with the former values. Raises InvalidInputError if nothing changes."""
    former = {
        name: getattr(person.identity, name)
        for name, value in right.items()
        if getattr(person.identity, name) != value
    }
    if not former:
        raise InvalidInputError(
            "the correction contains only values that are already recorded",
            code="nothing-corrected",
            faults=[Fault(WHOLE, "must contain at least one value that differs from the record")],
        )
    return PersonCorrection(new_id(), person.id, former, reason)


def check_birth_date(birth_date: date, today: date) -> None:
    """Refuse a birth date that is today or in the future."""
    if birth_date >= today:
        raise InvalidInputError(
            "the birth date must be in the past",
            code="birth-date-not-past",
            faults=[Fault("birth_date", "must be in the past")],
        )


def masked_ssn(ssn: str | None) -> str | None:
    """Return the SSN with only its last four digits visible; None if there is no SSN."""
    return None if ssn is None else f"***-**-{ssn[-VISIBLE_SSN_DIGITS:]}"
