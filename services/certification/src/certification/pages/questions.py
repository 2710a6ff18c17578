"""Parses the directory's form fields or query and collects the errors by field.

A form sends every field, so an empty one counts as not given. All errors are found at once, and
what was entered is kept, so that it can be corrected.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from certification.domain.directory import Search
from certification.domain.languages import language
from shared.counted_years import FIRST_YEAR, LAST_YEAR
from shared.counties import county
from shared.errors import InvalidInputError
from shared.plain_dates import read_day

LONGEST_NAME = 100
LONGEST_QUOTED = 60
LAST_PAGE = 10_000
ANSWERS = {"true": True, "false": False}

Value = TypeVar("Value")


@dataclass(frozen=True)
class Asked:
    """The form fields as they were sent."""

    county: str = ""
    name: str = ""
    language: str = ""
    accepting_clients: str = ""
    as_of: str = ""
    page: str = ""

    def query(self, **changes: str) -> str:
        """Return the fields as a query, with some of them changed; empty ones are left out."""
        fields = asdict(replace(self, **changes))
        kept = {name: value for name, value in fields.items() if value}
        return f"?{urlencode(kept)}" if kept else "?county="


@dataclass(frozen=True)
class Question:
    """The search, the day, and the page of results."""

    search: Search
    day: date
    page: int


@dataclass(frozen=True)
class Mistake:
    """A field that cannot be read, and what to do about it."""

    field: str
    message: str


class WrongQuestionError(Exception):
    """Fields that cannot be read."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(", ".join(each.field for each in mistakes))
        self.mistakes = mistakes


def read_question(asked: Asked, today: date) -> Question:
    """Parse the fields; raise WrongQuestionError with every error."""
    reading = _Reading()
    search = Search(
        county=reading.of("county", asked.county, _county),
        name=reading.of("name", asked.name, _name),
        language=reading.of("language", asked.language, _language),
        accepting_clients=reading.of("accepting_clients", asked.accepting_clients, _yes_or_no),
    )
    day = reading.of("as_of", asked.as_of, lambda text: _day(text, today))
    page = reading.of("page", asked.page, _page)
    if reading.mistakes:
        raise WrongQuestionError(reading.mistakes)
    return Question(search, day or today, page or 1)


class _Reading:
    """Parses field after field; an invalid one is noted and counts as not given."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def of(self, field: str, text: str, read: Callable[[str], Value]) -> Value | None:
        """Parse a field; None if it is empty."""
        if not text.strip():
            return None
        try:
            return read(text.strip())
        except ValueError as error:
            self.mistakes.append(Mistake(field, str(error)))
            return None


def _county(text: str) -> str:
    try:
        return county(text).fips
    except InvalidInputError:
        raise ValueError(
            f"{_quoted(text)} is not a county of California. Choose one of the 58 from the list."
        ) from None


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise ValueError(
            f"The name can have at most {LONGEST_NAME} letters on one line. Enter a shorter part "
            "of it."
        )
    return text


def _language(text: str) -> str:
    try:
        return language(text).code
    except InvalidInputError:
        raise ValueError(
            f"{_quoted(text)} is not a language of the directory. Choose one from the list."
        ) from None


def _yes_or_no(text: str) -> bool:
    if text not in ANSWERS:
        raise ValueError("“Accepting clients” must be “true” or “false”.")
    return ANSWERS[text]


def _day(text: str, today: date) -> date:
    example = today.isoformat()
    wrong = f"{_quoted(text)} is not a valid date. Enter a date such as {example}."
    try:
        day = read_day(text)
    except ValueError:
        raise ValueError(wrong) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"The directory begins in the year {FIRST_YEAR}. Enter a later date.")
    if day > today:
        raise ValueError("The date must not be in the future. Enter today or an earlier date.")
    return day


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE))
    if not is_number or not 0 < int(text) <= LAST_PAGE:
        raise ValueError(f"{_quoted(text)} is not a page number. Go to the first page.")
    return int(text)


def _quoted(text: str) -> str:
    """Return what was entered in quotation marks, shortened if it is long."""
    return f"“{text}”" if len(text) <= LONGEST_QUOTED else f"“{text[:LONGEST_QUOTED]}…”"
