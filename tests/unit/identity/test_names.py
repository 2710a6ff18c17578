"""Two spellings of one name fold alike, and different names do not."""

import pytest

from shared.identity.names import (
    fold_organization_name,
    fold_organization_words,
    fold_person_name,
    tidy_name,
)


@pytest.mark.parametrize(
    ("told", "printed"),
    [
        ("Peña", "PENA"),
        ("Peña", "Pen\u0303a"),
        ("O'Brien", "OBRIEN"),
        ("O'Brien", "O\u2019BRIEN"),
        ("O'Brien", "O\u00b4Brien"),
        ("Kea\u02bbaumoku", "KEAAUMOKU"),
        ("Garcia-Lopez", "GARCIA LOPEZ"),
        ("Garcia\u2010Lopez", "GARCIALOPEZ"),
        ("De la Cruz", "DELACRUZ"),
        ("Nguyễn", "NGUYEN"),
        ("Đình", "DINH"),
        ("Łódź", "lodz"),
        ("Søren", "SOREN"),
        ("Groß", "GROSS"),
        ("Æsop", "AESOP"),
        ("Œuvray", "OEUVRAY"),
        ("Þórður", "THORDUR"),
        ("Y\u0131ld\u0131z", "YILDIZ"),
        ("İpek", "ipek"),
        ("St. John", "ST JOHN"),
        ("Smith", "SMITH JR"),
        ("Smith", "Smith, Jr."),
        ("Smith Sr", "SMITH"),
        ("Davis", "DAVIS III"),
        ("Davis IV", "DAVIS II"),
        ("River\u00a0s", "RIVER S"),
        ("Smith", "Smi\u200bth\ufeff"),
        ("Smith", "\uff33\uff2d\uff29\uff34\uff28"),
    ],
)
def test_spellings_of_one_name_fold_alike(told: str, printed: str) -> None:
    assert fold_person_name(told) == fold_person_name(printed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Smith", "Smyth"), ("Garcia", "Garcia-Lopez"), ("Jr", "Sr"), ("Peña", "Pera"), ("李", "王")],
)
def test_different_names_fold_differently(one: str, other: str) -> None:
    assert fold_person_name(one) != fold_person_name(other)


def test_a_name_that_is_only_a_suffix_is_kept() -> None:
    assert fold_person_name("Jr.") == "jr"


@pytest.mark.parametrize("empty", ["", "\u200b\ufeff", "'-.", "\u202e "])
def test_what_has_no_letter_folds_to_nothing(empty: str) -> None:
    assert fold_person_name(empty) == ""


def test_the_words_of_an_organization_are_folded_one_by_one() -> None:
    assert fold_organization_words("O\u2019Brien & Sons, St. John\u2019s") == (
        "obrien",
        "and",
        "sons",
        "st",
        "johns",
    )


def test_an_organization_keeps_what_would_be_a_persons_suffix() -> None:
    assert fold_organization_name("River-City Treatment II") == "rivercitytreatmentii"


def test_a_name_is_kept_in_composed_letters_and_with_single_blanks() -> None:
    assert tidy_name(" Pen\u0303a\u00a0 de\u200b Leon ") == "Peña de Leon"


@pytest.mark.parametrize("invisible", ["\u200b", "\ufeff\u202e", "\u2060 \u00a0", "- . -"])
def test_a_name_without_a_letter_is_no_name(invisible: str) -> None:
    assert tidy_name(invisible) == ""
