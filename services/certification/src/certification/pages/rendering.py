"""Templates, compiled once when the process starts, and the words they share."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from certification.domain.languages import all_languages
from shared.law.counties import all_counties


def render(name: str, **shown: object) -> bytes:
    """Fill in a template; what it shows is escaped."""
    return _templates()[name].render(**shown).encode()


def day_words(day: date) -> str:
    """A day as Californians write it: `November 20, 2026`."""
    return f"{day:%B} {day.day}, {day.year}"


def listed(words: Sequence[str]) -> str:
    """Words in a sentence: `Kings, Madera and Tulare`."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no `and`
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


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
    environment.filters |= {"day": day_words, "listed": listed}
    environment.globals |= {"counties": all_counties(), "languages": all_languages()}
    names = environment.list_templates(extensions=["html"])
    return {name: environment.get_template(name) for name in names}
