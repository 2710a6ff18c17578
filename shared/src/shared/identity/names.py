"""Folds names for comparison: two spellings of one name fold to the same text.

Case, accents, composed or decomposed letters, apostrophes, hyphens, periods and spaces make no
difference, nor does a suffix of a person's name (JR, SR, II, III, IV). A fold is only for comparing
and finding; the name itself is stored and shown as it was entered.
"""

import re
from unicodedata import category, normalize

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})

APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2018\u2019\u201b\u2032\uff07"
"""The characters that keyboards, phones and word processors write for an apostrophe."""

WITHIN_A_WORD = APOSTROPHES + "."
"""Characters that people omit: O'Brien is OBrien, St. John is St John."""

UNDECOMPOSED = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\u0131": "i",
        "ĸ": "k",
        "ł": "l",
        "ŋ": "n",
        "ŧ": "t",
        "þ": "th",
        "ɓ": "b",
        "ƀ": "b",
        "ɗ": "d",
        "ə": "e",
        "ɨ": "i",
        "ƙ": "k",
    }
)
"""Lowercase letters that Unicode does not decompose to a letter and a mark."""

_WITHOUT_SIGNS = str.maketrans("", "", WITHIN_A_WORD)
_AND = re.compile(r"[&+]")
_NOT_OF_A_WORD = re.compile(r"[\W_]+")
_ANY_BLANK = re.compile(r"\s+")


def fold_person_name(name: str) -> str:
    """Fold a person's name; "O'Brien Jr." and "OBRIEN" fold alike. Empty if no letter is left."""
    words = _words(name)
    if len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    return "".join(words)


def fold_organization_words(name: str) -> tuple[str, ...]:
    """Fold the words of an organization's name; "&" is "and". Nothing is left out.

    A search matches if each folded word is part of the fold of the whole name.
    """
    return tuple(_words(_AND.sub(" and ", name)))


def fold_organization_name(name: str) -> str:
    """Fold an organization's name; "River-City & Sons" and "rivercity and sons" fold alike."""
    return "".join(fold_organization_words(name))


def tidy_name(name: str) -> str:
    """Normalize a name for storage: composed letters, single spaces, nothing invisible.

    Empty if the name has no letter.
    """
    seen = "".join(each for each in normalize("NFC", name) if category(each) != "Cf")
    tidy = _ANY_BLANK.sub(" ", seen).strip()
    return tidy if any(each.isalpha() for each in tidy) else ""


def _words(name: str) -> list[str]:
    # Signs go first and last: some fall apart into a blank and a mark, others come of letters.
    apart = normalize("NFKD", normalize("NFKD", name.translate(_WITHOUT_SIGNS)).casefold())
    letters = "".join(each for each in apart if category(each) not in {"Mn", "Cf"})
    plain = letters.translate(UNDECOMPOSED).translate(_WITHOUT_SIGNS)
    return _NOT_OF_A_WORD.sub(" ", plain).split()
