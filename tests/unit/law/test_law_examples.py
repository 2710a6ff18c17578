"""The files that docs/operations/law.md shows are files of the law."""

import re
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from shared.law.in_force import Law, load_law

PAGE = Path(__file__).resolve().parents[3] / "docs" / "operations" / "law.md"
KINDS = {
    "standards-2012": "editions",
    "state-offices": "calendars",
    "invented-county": "calendars",
}


def shown() -> list[str]:
    """Every indented block that begins with a name."""
    blocks = re.findall(r"(?:^(?: {4}.*)?\n)+", PAGE.read_text(), re.MULTILINE)
    return [text for block in blocks if (text := dedent(block).strip()).startswith("name:")]


@pytest.fixture
def law(tmp_path: Path) -> Law:
    for kind in ("editions", "calendars"):
        (tmp_path / kind).mkdir()
    for text in shown():
        name = text.splitlines()[0].removeprefix("name: ")
        (tmp_path / KINDS[name] / f"{name}.yaml").write_text(text)
    return load_law("standards-2012", str(tmp_path))


def test_the_page_shows_a_setting_a_closure_and_an_overlay() -> None:
    assert len(shown()) == len(KINDS)


def test_what_the_page_shows_is_believed_and_does_what_it_says(law: Law) -> None:
    (regime,) = law.edition.rule("answer-deficiency").regimes
    county = law.calendars["invented-county"]

    assert regime.length == 20
    assert county.closed_because(date(2026, 12, 1)) == "day of mourning"
    assert county.closed_because(date(2026, 6, 19)) == "Founders' Day"
    assert county.closed_because(date(2026, 11, 27)) is None
