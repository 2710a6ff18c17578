"""The directory's languages, days, cells of spreadsheets, and counts of a moment ago."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certification.domain.directory import Listing, Search, known_day
from certification.domain.kept_counts import FRESH_FOR, MOST_KEPT, KeptCounts
from certification.domain.languages import all_languages, language, parse_languages
from certification.pages.download import harmless
from certification.pages.page_route import cache_control
from certification.pages.questions import Asked
from certification.pages.rendering import listed
from certification.pages.views import programs_in_words
from shared.data_files.data_file import DataFileError
from shared.errors import InvalidInputError

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
ONE = {Listing.HEADQUARTERS: 61}


def test_the_directory_knows_the_languages_most_spoken_in_california() -> None:
    known = {each.code for each in all_languages()}

    assert {"en", "es", "cmn", "yue", "tl", "vi", "ko", "hy", "fa", "hmn", "ase"} <= known
    assert language("vi").own == "Tiếng Việt"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InvalidInputError) as refused:
        language("xx")

    assert refused.value.code == "unknown-language"


@pytest.mark.parametrize(
    "line",
    [
        "{code: es, english: Spanish, own: español}\n  - {code: es, english: Again, own: otra}",
        "{code: ES, english: Spanish, own: español}",
        "{code: es, english: Spanish}",
        "{code: es, english: Spanish, own: español, script: Latin}",
    ],
)
def test_a_list_of_languages_that_contradicts_itself_is_refused(line: str) -> None:
    with pytest.raises(DataFileError, match=r"languages\.yaml"):
        parse_languages("languages.yaml", f"languages:\n  - {line}\n")


def test_a_day_to_come_is_unknown_and_today_is_meant_without_one() -> None:
    assert known_day(None, TODAY) == TODAY
    assert known_day(TODAY, TODAY) == TODAY
    with pytest.raises(InvalidInputError, match="cannot show a day after 2026-11-20"):
        known_day(TODAY + timedelta(days=1), TODAY)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff20"])
def test_no_cell_begins_like_a_formula(begins: str) -> None:
    assert harmless(f"{begins}1+1") == f"'{begins}1+1"


@pytest.mark.parametrize("cell", ["@SUM(A1)", "+cmd|' /C calc'!A0", "-HYPERLINK(1)", "=A1", "-2"])
def test_a_cell_that_a_spreadsheet_would_compute_begins_with_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "River = City", "1-2", "+1 Recovery", "@Home", "-Zephyr-", "(916) 555-0100"]
)
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["Kings"], "Kings"),
        (["Kings", "Madera"], "Kings and Madera"),
        (["Kings", "Madera", "Tulare"], "Kings, Madera and Tulare"),
    ],
)
def test_words_stand_in_a_sentence(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "no program"),
        (1, "1 program"),
        (1_000, "1,000 programs"),
        (1_001, "more than 1,000 programs"),
    ],
)
def test_a_count_is_said_as_far_as_was_counted(count: int, words: str) -> None:
    assert programs_in_words(count) == words


def test_a_query_keeps_what_was_asked_and_leaves_out_the_rest() -> None:
    asked = Asked(county="Los Angeles", name="a&b", page="3")

    assert asked.query(page="4") == "?county=Los+Angeles&name=a%26b&page=4"
    assert asked.query(county="", name="", page="") == "?county="


@pytest.mark.parametrize(("hour", "minute", "kept"), [(18, 0, 60), (7, 59, 60), (7, 58, 60)])
def test_a_page_is_kept_for_a_minute_on_its_own_day(hour: int, minute: int, kept: int) -> None:
    now = datetime(2026, 11, 21, hour, minute, tzinfo=UTC)

    assert cache_control(now) == f"public, max-age={kept}"


def test_a_page_is_not_kept_into_the_next_day() -> None:
    assert cache_control(datetime(2026, 11, 21, 7, 59, 58, 500_000, UTC)) == "public, max-age=1"


def test_a_count_is_true_for_a_minute_for_its_search_and_day() -> None:
    kept = KeptCounts()
    kept.keep(Search("06037"), TODAY, NOW, ONE)

    assert kept.find(Search("06037"), TODAY, NOW + FRESH_FOR / 2) == ONE
    assert kept.find(Search("06037"), TODAY, NOW + FRESH_FOR) is None
    assert kept.find(Search("06019"), TODAY, NOW) is None
    assert kept.find(Search("06037"), TODAY - timedelta(days=1), NOW) is None


def test_the_oldest_count_leaves_first() -> None:
    kept = KeptCounts()
    first, second = Search(name="0"), Search(name="1")

    for number in range(MOST_KEPT):
        kept.keep(Search(name=str(number)), TODAY, NOW, ONE)
    kept.keep(first, TODAY, NOW, ONE)
    kept.keep(Search("06037"), TODAY, NOW, ONE)

    assert kept.find(first, TODAY, NOW) == ONE
    assert kept.find(second, TODAY, NOW) is None
