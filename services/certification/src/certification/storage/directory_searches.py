"""SQL conditions of a directory search: county, part of a name, language.

Searches of the same shape share one statement, which is built and planned once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import array

from certification.domain.directory import Search
from certification.storage.tables.programs import PROGRAMS
from shared.identity.names import fold_organization_words

IN_HEADQUARTERS, SERVED = 0, 1
ORDER = (PROGRAMS.c.folded_name, PROGRAMS.c.id)

TRIGRAM = re.compile(r"\w{3}")
"""The trigram index needs three letters in a row."""

Sections = Mapping[int, ColumnElement[bool]]
"""The sections of a list by rank, each with what its programs have in common."""


@dataclass(frozen=True)
class Shape:
    """The criteria that determine the SQL statement of a search.

    County, day and limits are written into the statement, so that PostgreSQL plans each county
    separately: Los Angeles and Alpine are not read in the same way.
    """

    county: str | None
    words: int
    """Words of the name; `short_words` counts those too short for the index."""
    short_words: int
    has_language: bool
    has_accepting: bool


def shape_of(search: Search) -> Shape:
    """Return the shape of a search."""
    words = _words(search)
    return Shape(
        county=search.county,
        words=len(words),
        short_words=sum(map(_is_short, words)),
        has_language=search.language is not None,
        has_accepting=search.accepting_clients is not None,
    )


def parameters_of(search: Search) -> dict[str, Any]:
    """Return the parameters of a search's statement; a name word by word."""
    short = [word for word in _words(search) if _is_short(word)]
    long = [f"%{word}%" for word in _words(search) if not _is_short(word)]
    told: dict[str, Any] = {
        **{f"word_{at}": word for at, word in enumerate(long)},
        **{f"short_word_{at}": word for at, word in enumerate(short)},
    }
    if search.language is not None:
        told["language"] = search.language
    if search.accepting_clients is not None:
        told["accepting_clients"] = search.accepting_clients
    return told


def _words(search: Search) -> tuple[str, ...]:
    """Return the folded words of a name, without wildcards and without words of signs only."""
    name = search.name or ""
    return fold_organization_words(name) or ((name,) if name else ())


def _is_short(word: str) -> bool:
    return TRIGRAM.search(word) is None


def sections(shape: Shape) -> Sections:
    """Return the conditions of each section of the list."""
    matches = _matches(shape)
    if shape.county is None:
        return {IN_HEADQUARTERS: matches}
    county = _code(shape.county)
    is_headquarters = PROGRAMS.c.headquarters_county == county
    serves = PROGRAMS.c.served_counties.contains(array([county]))
    return {
        IN_HEADQUARTERS: and_(is_headquarters, matches),
        SERVED: and_(serves, ~is_headquarters, matches),
    }


def _matches(shape: Shape) -> ColumnElement[bool]:
    """Match every word anywhere in the program's name, and the other criteria.

    Spaces make no difference: `rivercity` finds River City, and `river city` finds Rivercity.
    """
    name = func.replace(PROGRAMS.c.folded_name, literal_column("' '"), literal_column("''"))
    long, short = shape.words - shape.short_words, shape.short_words
    asked: list[ColumnElement[bool]] = [
        *(name.like(_told(f"word_{at}")) for at in range(long)),
        *(func.strpos(name, _told(f"short_word_{at}")) > number(0) for at in range(short)),
    ]
    if shape.has_language:
        language = array([bindparam("language", type_=Text)])
        asked.append(PROGRAMS.c.languages.contains(language))
    if shape.has_accepting:
        asked.append(PROGRAMS.c.accepting_clients == bindparam("accepting_clients", type_=Boolean))
    return and_(true(), *asked)


def is_beyond() -> ColumnElement[bool]:
    """Return the condition for entries after the last one of the page before."""
    return tuple_(*ORDER) > tuple_(_told("after_name"), literal_column(":after_id"))


def number(value: int) -> ColumnElement[int]:
    """Return a number as SQL text."""
    return literal_column(str(value), Integer)


def _code(code: str) -> ColumnElement[str]:
    """Return a code as SQL text; ValueError if it is not a code."""
    if not (code.isascii() and code.isalnum()):
        raise ValueError("only a code may be written into a statement")
    return literal_column(f"'{code}'", Text)


def _told(name: str) -> ColumnElement[str]:
    return bindparam(name, type_=Text)
