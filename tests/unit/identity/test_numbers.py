"""One canonical form per number, and a refusal that says what is accepted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import InvalidInputError
from shared.identity.numbers import (
    canonical_cdcr_number,
    canonical_cii_number,
    canonical_ssn,
    fold_case_number,
)


@pytest.mark.parametrize(
    ("told", "canonical"),
    [
        ("12345678", "12345678"),
        ("A12345678", "12345678"),
        ("a 12345678", "12345678"),
        ("M 1234-5678", "12345678"),
        ("00123456", "123456"),
        ("A00123456", "123456"),
        ("\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", "12345678"),
        ("123\u2011456\u00a078", "12345678"),
        ("12345\u200b678", "12345678"),
        ("123456789012", "123456789012"),
    ],
)
def test_one_cii_number_has_one_form(told: str, canonical: str) -> None:
    assert canonical_cii_number(told) == canonical


@pytest.mark.parametrize(
    "told",
    [
        "",
        "1234",
        "00001234",
        "00000000",
        "1234567890123",
        "B12345678",
        "AA12345678",
        "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668",
    ],
)
def test_what_is_no_cii_number_is_refused_with_what_is_accepted(told: str) -> None:
    with pytest.raises(InvalidInputError, match="must have 5 to 12 digits") as refused:
        canonical_cii_number(told)

    assert refused.value.code == "unreadable-cii-number"


@given(st.from_regex(r"[AM]?0{0,3}[1-9][0-9]{4,11}", fullmatch=True))
def test_a_canonical_cii_number_is_read_as_itself(told: str) -> None:
    canonical = canonical_cii_number(told)

    assert canonical_cii_number(canonical) == canonical


@pytest.mark.parametrize(
    ("told", "canonical"),
    [
        ("ab-12345", "AB12345"),
        ("\uff36\uff11\uff12\uff13\uff14\uff15", "V12345"),
        ("BK 0123", "BK0123"),
    ],
)
def test_one_cdcr_number_has_one_form(told: str, canonical: str) -> None:
    assert canonical_cdcr_number(told) == canonical


@pytest.mark.parametrize("told", ["12345", "ABCD123", "A12", "AB\u0661\u0662\u0663\u0664", "Ä1234"])
def test_what_is_no_cdcr_number_is_refused_with_what_is_accepted(told: str) -> None:
    with pytest.raises(InvalidInputError, match="followed by 3 to 8 digits"):
        canonical_cdcr_number(told)


@pytest.mark.parametrize(
    "told", ["123-45-6789", "123456789", "\uff11\uff12\uff13 \uff14\uff15 \uff16\uff17\uff18\uff19"]
)
def test_one_social_security_number_has_one_form(told: str) -> None:
    assert canonical_ssn(told) == "123456789"


@pytest.mark.parametrize(
    "told",
    [
        "000-12-3456",
        "666-12-3456",
        "900-12-3456",
        "123-00-4567",
        "123-45-0000",
        "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
        "12",
    ],
)
def test_what_cannot_be_a_social_security_number_is_refused(told: str) -> None:
    with pytest.raises(InvalidInputError, match="must have 9 digits") as refused:
        canonical_ssn(told)

    assert told not in refused.value.detail


@pytest.mark.parametrize("told", ["21-FE-001234", "21 fe 001234", "21FE\u2010001234"])
def test_a_case_number_is_compared_without_signs_and_case(told: str) -> None:
    assert fold_case_number(told) == "21fe001234"


def test_the_zeros_of_a_case_number_are_part_of_it() -> None:
    assert fold_case_number("21FE1234") != fold_case_number("21FE001234")
