"""Converts numbers that identify a person to one standard form: CII, CDCR, Social Security.

People and systems write them with spaces, hyphens, full-width digits, a letter or leading zeros. A
number that cannot be converted is refused; the message states what is accepted and never repeats
the number.
"""

import re
from unicodedata import normalize

from shared.errors import InvalidInputError

CII_WORDS = (
    "a CII number must have 5 to 12 digits, not counting leading zeros; the letter A or M may"
    " come first, as on rap sheets"
)
CDCR_WORDS = "a CDCR number must have 1 to 3 letters followed by 3 to 8 digits, such as AB12345"
SSN_WORDS = (
    "a Social Security number must have 9 digits and be one that can be issued: it must not "
    "begin with 000, 666 or 9, and neither its middle two digits nor its last four may be all"
    " zeros"
)

_CII = re.compile(r"[AM]?0*([1-9][0-9]{4,11})")
_CDCR = re.compile(r"[A-Z]{1,3}[0-9]{3,8}")
_SSN = re.compile(r"(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}")
_NOT_OF_A_NUMBER = re.compile(r"[\W_]+")
_SEPARATORS = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff]+")


def canonical_cii_number(text: str) -> str:
    """Convert a CII number to its digits: "A00123456" and "123456" are one number.

    Raises InvalidInputError (`unreadable-cii-number`).
    """
    found = _CII.fullmatch(_compact(text))
    if found is None:
        raise InvalidInputError(CII_WORDS, code="unreadable-cii-number")
    return found[1]


def canonical_cdcr_number(text: str) -> str:
    """Convert a CDCR number to capital letters and digits; its zeros are significant.

    Raises InvalidInputError (`unreadable-cdcr-number`).
    """
    return _whole(_CDCR, text, CDCR_WORDS, "unreadable-cdcr-number")


def canonical_ssn(text: str) -> str:
    """Write a Social Security number as 9 digits; numbers that SSA never issues are refused.

    Raises InvalidInputError (`unreadable-ssn`). Source: 20 CFR 422.103; SSA, "Social Security
    Number Randomization" (areas 000, 666 and 900-999 are not assigned).
    """
    return _whole(_SSN, text, SSN_WORDS, "unreadable-ssn")


def fold_case_number(text: str) -> str:
    """Fold a court's case number: "21-FE-001234" and "21fe 001234" fold alike.

    Only for comparing; the number itself is stored as it was entered.
    """
    return _NOT_OF_A_NUMBER.sub("", normalize("NFKC", text).casefold())


def _whole(pattern: re.Pattern[str], text: str, words: str, code: str) -> str:
    plain = _compact(text)
    if not pattern.fullmatch(plain):
        raise InvalidInputError(words, code=code)
    return plain


def _compact(text: str) -> str:
    """Convert full-width letters and digits to ASCII; remove spaces, hyphens and the invisible.

    NFKC leaves digits of other scripts unchanged, and the patterns accept only ASCII.
    """
    return _SEPARATORS.sub("", normalize("NFKC", text)).upper()
