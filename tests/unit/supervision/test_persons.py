"""A person is found by all identifiers together and shown without the whole SSN."""

from datetime import date

import pytest

from shared.errors import InvalidInputError
from supervision.domain.persons import Identity, check_birth_date, compact, masked_ssn

BORN = date(1980, 2, 29)
PERSON = Identity("Ana", None, "De la Cruz", BORN, "12345678", None, "123456789")


def test_a_person_is_named_whatever_the_case_and_blanks() -> None:
    assert PERSON.is_named("DE LACRUZ", BORN)


def test_another_family_name_is_another_person() -> None:
    assert not PERSON.is_named("Cruz", BORN)


def test_another_birth_date_is_another_person() -> None:
    assert not PERSON.is_named("De la Cruz", date(1980, 3, 1))


def test_an_ssn_shows_its_last_four_digits() -> None:
    assert masked_ssn("123456789") == "***-**-6789"


def test_an_ssn_that_is_not_known_is_not_invented() -> None:
    assert masked_ssn(None) is None


def test_identifiers_are_kept_without_hyphens_and_in_capitals() -> None:
    assert compact(" ab-12 34 ") == "AB1234"


def test_a_birth_date_lies_in_the_past() -> None:
    check_birth_date(BORN, date(2026, 11, 23))

    with pytest.raises(InvalidInputError, match="lies in the past"):
        check_birth_date(date(2026, 11, 23), date(2026, 11, 23))
