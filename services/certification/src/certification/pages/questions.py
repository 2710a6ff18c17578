"""What somebody asked of the directory by a form or an address, read or found wrong by field.

A form sends every field, so an empty one means nothing was asked. Everything wrong is found at
once, and what was typed is kept, so that it can be mended.
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
    """The fields as they were sent."""

    county: str = ""
    name: str = ""
    language: str = ""
    accepting_clients: str = ""
    as_of: str = ""
    page: str = ""

    def query(self, **changes: str) -> str:
        """The fields as a query, with some of them changed; nothing for what was not asked."""
        fields = asdict(replace(self, **changes))
        kept = {name: value for name, value in fields.items() if value}
        return f"?{urlencode(kept)}" if kept else "?county="


@dataclass(frozen=True)
class Question:
    """What is looked for, on which day, on which page of what is found."""

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
    """Read what was asked; raises WrongQuestionError with every mistake."""
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
    """Reads field after field; what cannot be read is noted and counts as not asked."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def of(self, field: str, text: str, read: Callable[[str], Value]) -> Value | None:
        """What a field says; None where it is empty."""
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
            f"A part of a name has up to {LONGEST_NAME} letters. Enter fewer, on one line."
        )
    return text


def _language(text: str) -> str:
    try:
        return language(text).code
    except InvalidInputError:
        raise ValueError(
            f"The directory does not know the language {_quoted(text)}. Choose one from the list."
        ) from None


def _yes_or_no(text: str) -> bool:
    if text not in ANSWERS:
        raise ValueError("Whether a program accepts clients is “true” or “false”.")
    return ANSWERS[text]


def _day(text: str, today: date) -> date:
    example = today.isoformat()
    wrong = f"{_quoted(text)} is not a date the directory can read. Enter one as {example}."
    try:
        day = read_day(text)
    except ValueError:
        raise ValueError(wrong) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"The directory goes back to the year {FIRST_YEAR}. Enter a later date.")
    if day > today:
        raise ValueError("Nobody knows who will be certified later. Enter today or an earlier day.")
    return day


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LAST_PAGE))
    if not is_number or not 0 < int(text) <= LAST_PAGE:
        raise ValueError(f"{_quoted(text)} is not a page. Begin with the first one.")
    return int(text)


def _quoted(text: str) -> str:
    """What was sent, as far as it helps to know it again."""
    return f"“{text}”" if len(text) <= LONGEST_QUOTED else f"“{text[:LONGEST_QUOTED]}…”"
