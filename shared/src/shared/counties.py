"""The 58 counties of California, by their FIPS codes and names (U.S. Census county codes)."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from shared.errors import InvalidInputError

WITHOUT_ZERO = len("6067")
_COUNTY_WORDS = re.compile(r"^county of | (county|co\.?)$")


@dataclass(frozen=True)
class County:
    """One county; `fips` is the five-digit code, the state's 06 included."""

    fips: str
    name: str


@cache
def all_counties() -> tuple[County, ...]:
    """Return every county, in the order of their codes."""
    text = files("shared").joinpath("counties.csv").read_text(encoding="utf-8")
    return tuple(County(row["fips"], row["name"]) for row in csv.DictReader(text.splitlines()))


def county(code_or_name: str) -> County:
    """Find a county by FIPS code or name; raise InvalidInputError for another.

    As people and spreadsheets write them: in any case, `Sacramento County`, `LOS ANGELES CO.`,
    `County of Kern`, and `6067` without the zero that a spreadsheet takes for nothing.
    """
    told = " ".join(code_or_name.split()).casefold()
    found = _by_key().get(told) or _by_key().get(_plain(told))
    if found is None:
        raise InvalidInputError(
            f"{code_or_name!r} is not a county of California", code="unknown-county"
        )
    return found


def _plain(told: str) -> str:
    if told.isascii() and told.isdigit() and len(told) == WITHOUT_ZERO:
        return f"0{told}"
    return _COUNTY_WORDS.sub("", told)


@cache
def _by_key() -> dict[str, County]:
    by_code = {each.fips: each for each in all_counties()}
    return by_code | {each.name.casefold(): each for each in all_counties()}
