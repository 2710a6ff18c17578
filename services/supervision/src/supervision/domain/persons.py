"""A person under supervision: who it is, and whether DOJ's notice means this person.

How numbers and names are written is in `shared.identity`. An SSN is rarely known and leaves the
service in full for DOJ's form alone.
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
    """What came of asking whose identifiers these are."""

    MATCHED = "matched"
    NAME_DIFFERS = "name-differs"
    BIRTH_DATE_DIFFERS = "birth-date-differs"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Identity:
    """What identifies a person toward DOJ."""

    given_name: str
    middle_name: str | None
    family_name: str
    birth_date: date
    cii_number: str
    cdcr_number: str | None
    ssn: str | None

    def compared(self, family_name: str, birth_date: date) -> Identification:
        """Compare what was told beside this person's CII number; spelling makes no difference.

        Where both differ, the birth date is named: it leaves less to spelling.
        """
        if self.birth_date != birth_date:
            return Identification.BIRTH_DATE_DIFFERS
        if fold_person_name(self.family_name) != fold_person_name(family_name):
            return Identification.NAME_DIFFERS
        return Identification.MATCHED


@dataclass(frozen=True)
class Person:
    """A person as recorded by an agency, which sees the record whether or not a case is open."""

    id: UUID
    recorded_by_agency: str
    identity: Identity


@dataclass(frozen=True)
class PersonCorrection:
    """What was wrong of a person, by field, and why; what is right stands on the person."""

    id: UUID
    person_id: UUID
    former: Mapping[str, object]
    reason: str


def corrected(person: Person, right: Mapping[str, Any], reason: str) -> PersonCorrection:
    """Say what stood where something else is right; InvalidInputError where nothing was wrong."""
    former = {
        name: getattr(person.identity, name)
        for name, value in right.items()
        if getattr(person.identity, name) != value
    }
    if not former:
        raise InvalidInputError(
            "this is what is recorded already",
            code="nothing-corrected",
            faults=[Fault(WHOLE, "names nothing that is recorded otherwise")],
        )
    return PersonCorrection(new_id(), person.id, former, reason)


def check_birth_date(birth_date: date, today: date) -> None:
    """Refuse a birth date that has not come yet."""
    if birth_date >= today:
        raise InvalidInputError(
            "a birth date lies in the past",
            code="birth-date-not-past",
            faults=[Fault("birth_date", "must lie in the past")],
        )


def masked_ssn(ssn: str | None) -> str | None:
    """Show the last four digits alone."""
    return None if ssn is None else f"***-**-{ssn[-VISIBLE_SSN_DIGITS:]}"
