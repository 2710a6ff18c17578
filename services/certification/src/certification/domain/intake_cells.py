"""Parsing of the cells of an imported list: one function per column; invalid text is refused.

A cell is only text: something that a spreadsheet would run as a formula is read as a name.
"""

import re
from collections.abc import Callable
from datetime import date

from certification.domain.applications import Level
from certification.domain.languages import all_languages
from shared.counties import county
from shared.errors import InvalidInputError

LONGEST_NAME = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The Board has certified since 2012; an earlier year or a distant one is a typing error."""
BETWEEN = re.compile(r"[|;,]")
"""Separators of lists; no county or language has one of these in its name."""
YES_OR_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
_AMERICAN_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?: 0?0:00(?::00)?)?")
"""The way spreadsheets in the United States write a date: the month first."""


class CellRefusedError(Exception):
    """The text of a cell is not valid for its column."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def name(text: str) -> str:
    """Read one line of printable characters; repeated spaces are collapsed."""
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise CellRefusedError(
            "malformed-name", f"must be one line of at most {LONGEST_NAME} printable characters"
        )
    return " ".join(text.split())


def level(text: str) -> Level:
    """Read a level, in upper or lower case."""
    try:
        return Level(text.lower())
    except ValueError:
        raise CellRefusedError("unknown-level", f"must be one of {', '.join(Level)}") from None


def county_code(text: str) -> str:
    """A county by name or FIPS code, as its FIPS code."""
    try:
        return county(text).fips
    except InvalidInputError:
        raise CellRefusedError(
            "unknown-county",
            "is not a county of California; use its name or FIPS code (Sacramento or 06067), with "
            "| between several",
        ) from None


def county_codes(text: str) -> tuple[str, ...]:
    """Read counties separated by a bar, semicolon or comma, each once."""
    return _each_once(text, county_code)


def language_codes(text: str) -> tuple[str, ...]:
    """Read languages of the directory, by code or English name, each once."""
    return _each_once(text, _language_code)


def yes_or_no(text: str) -> bool:
    """Read whether a program accepts clients."""
    if text.lower() not in YES_OR_NO:
        raise CellRefusedError("neither-yes-nor-no", "must be yes or no, or empty if not known")
    return YES_OR_NO[text.lower()]


def day(text: str) -> date:
    """Read a date as YYYY-MM-DD or MM/DD/YYYY, in the years that the system can count in."""
    read = _day(text)
    if read is None or not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise CellRefusedError(
            "malformed-date",
            f"must be a date such as 2026-11-20 or 11/20/2026 in the years {FIRST_YEAR} to "
            f"{LAST_YEAR}",
        )
    return read


def _day(text: str) -> date | None:
    if found := _DAY.fullmatch(text):
        year, month, of_month = map(int, found.groups())
    elif found := _AMERICAN_DAY.fullmatch(text):
        month, of_month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, of_month)
    except ValueError:
        return None


def _language_code(text: str) -> str:
    for each in all_languages():
        if text.casefold() in {each.code, each.english.casefold()}:
            return each.code
    raise CellRefusedError("unknown-language", "is not a language of the directory")


def _each_once(text: str, read: Callable[[str], str]) -> tuple[str, ...]:
    parts = (part.strip() for part in BETWEEN.split(text))
    return tuple(dict.fromkeys(read(part) for part in parts if part))
