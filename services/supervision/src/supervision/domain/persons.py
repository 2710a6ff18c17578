"""A person under supervision: who it is, and how the identifiers are written.

CII numbers are digits; CDCR numbers are letters followed by digits; an SSN is rarely known and
leaves the service in full for DOJ's form alone.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.errors import Fault, InvalidInputError

VISIBLE_SSN_DIGITS = 4


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

    def is_named(self, family_name: str, birth_date: date) -> bool:
        """Whether family name and birth date are this person's, case and blanks aside."""
        same_name = _plain(self.family_name) == _plain(family_name)
        return same_name and self.birth_date == birth_date


@dataclass(frozen=True)
class Person:
    """A person as recorded by an agency, which sees the record whether or not a case is open."""

    id: UUID
    recorded_by_agency: str
    identity: Identity


def check_birth_date(birth_date: date, today: date) -> None:
    """Refuse a birth date that has not come yet."""
    if birth_date >= today:
        raise InvalidInputError(
            "a birth date lies in the past",
            code="birth-date-not-past",
            faults=[Fault("body.birth_date", "must lie in the past")],
        )


def compact(identifier: str) -> str:
    """Write an identifier without the hyphens and blanks people put into it, in capitals."""
    return "".join(identifier.replace("-", "").split()).upper()


def masked_ssn(ssn: str | None) -> str | None:
    """Show the last four digits alone."""
    return None if ssn is None else f"***-**-{ssn[-VISIBLE_SSN_DIGITS:]}"


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
