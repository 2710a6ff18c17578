"""Normalizes text that was pasted from spreadsheets and web pages."""

from unicodedata import category, normalize

INVISIBLE = "Cf"
BLANK = "Zs"


def tidy_text(text: str) -> str:
    """Compose letters, replace every space with a plain one, remove invisible characters, strip.

    Otherwise a non-breaking space or zero-width character would make comparisons fail.
    """
    seen = (each for each in normalize("NFC", text) if category(each) != INVISIBLE)
    return "".join(" " if category(each) == BLANK else each for each in seen).strip()
