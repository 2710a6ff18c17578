"""Text as people paste it from spreadsheets and pages, written as it looks."""

from unicodedata import category, normalize

INVISIBLE = "Cf"
BLANK = "Zs"


def tidy_text(text: str) -> str:
    """Compose letters, make every blank a plain one, leave out what nobody sees, and strip.

    A non-breaking blank or a zero-width sign stays unseen until a comparison fails by it.
    """
    seen = (each for each in normalize("NFC", text) if category(each) != INVISIBLE)
    return "".join(" " if category(each) == BLANK else each for each in seen).strip()
