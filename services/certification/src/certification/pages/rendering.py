"""Page templates, compiled when the process starts, and the formatting that they share."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from certification.domain.languages import Language, all_languages
from shared.counties import all_counties

KEPT_OPTIONS = 512
CALIFORNIAN = re.compile(r"\+1 (\d{3}) (\d{3}) (\d{4})", re.ASCII)
"""A North American telephone number as it is stored."""
OPTION = Markup('<option value="{}">{}</option>\n')
SELECTED = Markup('<option value="{}" selected>{}</option>\n')
LINK = Markup('<li><a href="/directory?county={}">{}</a></li>\n')


def render(template: str, /, **shown: object) -> bytes:
    """Fill in a template; values are escaped."""
    return _templates()[template].render(**shown).encode()


@lru_cache(KEPT_OPTIONS)
def day_words(day: date) -> str:
    """Format a day for people: `Friday, November 20, 2026`."""
    return f"{day:%A, %B} {day.day}, {day.year}"


def phone_words(phone: str) -> str:
    """Format a telephone number for people: `(916) 555-0100`."""
    found = CALIFORNIAN.fullmatch(phone)
    return f"({found[1]}) {found[2]}-{found[3]}" if found else phone


def listed(words: Sequence[str]) -> str:
    """Join words for a sentence: `Kings, Madera and Tulare`."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no `and`
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


@lru_cache(KEPT_OPTIONS)
def county_options(chosen: str) -> Markup:
    """Return the counties as options, with one selected by its name or code."""
    known = chosen.strip().casefold()
    return _options(
        (each.name, each.name, known in {each.name.casefold(), each.fips})
        for each in all_counties()
    )


@lru_cache(KEPT_OPTIONS)
def language_options(chosen: str) -> Markup:
    """Return the languages as options, with one selected by its code."""
    return _options((each.code, _both(each), each.code == chosen) for each in all_languages())


@cache
def county_links() -> Markup:
    """Return each county as a list item that links to its programs."""
    return Markup("").join(LINK.format(quote(each.name), each.name) for each in all_counties())


def _options(options: Iterable[tuple[str, str, bool]]) -> Markup:
    return Markup("").join(
        (SELECTED if is_chosen else OPTION).format(value, words)
        for value, words, is_chosen in options
    )


def _both(language: Language) -> str:
    own = "" if language.own == language.english else f" ({language.own})"
    return f"{language.english}{own}"


@cache
def _templates() -> Mapping[str, Template]:
    environment = Environment(
        loader=PackageLoader("certification.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {"day": day_words, "listed": listed, "phone": phone_words}
    environment.globals |= {
        "county_links": county_links,
        "county_options": county_options,
        "language_options": language_options,
    }
    names = environment.list_templates(extensions=["html"])
    return {name: environment.get_template(name) for name in names}
