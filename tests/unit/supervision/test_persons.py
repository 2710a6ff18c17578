"""A person is compared with what DOJ tells and shown without the whole SSN."""

from datetime import date

import pytest

from shared.errors import InvalidInputError
from supervision.domain.persons import Identity, check_birth_date, masked_ssn

BORN = date(1980, 2, 29)
PERSON = Identity("Ana", None, "De la Cruz", BORN, "12345678", None, "123456789")


def test_a_person_is_matched_however_the_name_is_spelled() -> None:
    assert PERSON.compared("DE LACRUZ JR", BORN) == "matched"


def test_another_family_name_is_said() -> None:
    assert PERSON.compared("Cruz", BORN) == "name-differs"


def test_another_birth_date_is_said_before_another_name() -> None:
    assert PERSON.compared("Cruz", date(1980, 3, 1)) == "birth-date-differs"


def test_an_ssn_shows_its_last_four_digits() -> None:
    assert masked_ssn("123456789") == "***-**-6789"


def test_an_ssn_that_is_not_known_is_not_invented() -> None:
    assert masked_ssn(None) is None


def test_a_birth_date_lies_in_the_past() -> None:
    check_birth_date(BORN, date(2026, 11, 23))

    with pytest.raises(InvalidInputError, match="must be in the past"):
        check_birth_date(date(2026, 11, 23), date(2026, 11, 23))
