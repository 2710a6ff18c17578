"""The languages in which programs treat: data, by ISO 639 code, with their names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from shared.data_files.data_file import Section, parsed
from shared.errors import InvalidInputError

CODE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Language:
    """One language: its code, its name in English and the name its speakers give it."""

    code: str
    english: str
    own: str


@cache
def all_languages() -> tuple[Language, ...]:
    """Return every language the directory knows, by its English name."""
    text = files("certification.domain").joinpath("languages.yaml").read_text(encoding="utf-8")
    return parse_languages("languages.yaml", text)


def language(code: str) -> Language:
    """Return a language by its code; InvalidInputError if it is not known."""
    found = _by_code().get(code)
    if found is None:
        raise InvalidInputError(
            f"{code!r} is not a language of the directory", code="unknown-language"
        )
    return found


def parse_languages(where: str, text: str) -> tuple[Language, ...]:
    """Build the languages, by their English names; DataFileError names file, line and reason."""
    file = parsed(where, text)
    found: dict[str, Language] = {}
    for section in file.sections("languages"):
        each = _language(section)
        if each.code in found:
            raise section.fault(f"the code {each.code} is used twice", "code")
        found[each.code] = each
    file.finish()
    return tuple(sorted(found.values(), key=lambda each: each.english))


def _language(section: Section) -> Language:
    read = Language(section.text("code"), section.text("english"), section.text("own"))
    section.finish()
    if not CODE.fullmatch(read.code):
        raise section.fault("a code must have two or three lower-case letters", "code")
    return read


@cache
def _by_code() -> Mapping[str, Language]:
    return {each.code: each for each in all_languages()}
