"""Request fields that identify a person, converted to one standard form on input."""

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from shared.errors import InvalidInputError
from shared.identity.names import tidy_name
from shared.identity.numbers import (
    CDCR_WORDS,
    CII_WORDS,
    SSN_WORDS,
    canonical_cdcr_number,
    canonical_cii_number,
    canonical_ssn,
)

PRINTABLE = r"^[^\x00-\x1f\x7f]+$"


def _text(longest: int) -> StringConstraints:
    return StringConstraints(
        strip_whitespace=True, min_length=1, max_length=longest, pattern=PRINTABLE
    )


def _name(text: str) -> str:
    if not (tidy := tidy_name(text)):
        raise PydanticCustomError("person_name", "a name must have at least one visible letter")
    return tidy


def _canonical(write: Callable[[str], str]) -> AfterValidator:
    def check(text: str) -> str:
        try:
            return write(text)
        except InvalidInputError as refused:
            raise PydanticCustomError("number", "{words}", {"words": refused.detail}) from None

    return AfterValidator(check)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


PersonName = Annotated[
    str,
    _text(120),
    AfterValidator(_name),
    Field(
        description="A person's name with at least one letter. Letters and accents are kept "
        "as sent."
    ),
]
"""Part of a person's name, in composed Unicode letters and with single spaces."""

CiiNumber = Annotated[
    str,
    _text(40),
    _canonical(canonical_cii_number),
    Field(description=_sentence(CII_WORDS), examples=["12345678", "A12345678"]),
]
"""A CII number, stored as digits without leading zeros."""

CdcrNumber = Annotated[
    str,
    _text(40),
    _canonical(canonical_cdcr_number),
    Field(description=_sentence(CDCR_WORDS), examples=["AB12345"]),
]
"""A CDCR number, stored as capital letters and digits."""

SocialSecurityNumber = Annotated[
    str,
    _text(40),
    _canonical(canonical_ssn),
    Field(description=_sentence(SSN_WORDS), examples=["123-45-6789"]),
]
"""A Social Security number, stored as nine digits."""
