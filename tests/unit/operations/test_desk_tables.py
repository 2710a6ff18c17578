"""The desk's tables: whole ids and no markup on a terminal, plain columns in a pipe."""

import sys
from datetime import UTC, datetime
from uuid import UUID

import pytest

from shared.console.desk_tables import write_causes
from shared.messaging.parked.parked_causes import ParkedCause

SEEN = datetime(2026, 11, 20, 18, tzinfo=UTC)
ID = UUID("019aa000-0000-7000-8000-0000000000a1")
CAUSE = ParkedCause(ID, "failed", None, "[bold]x\ny", 3, 2, 1, 2, SEEN, SEEN, None)


def test_a_pipe_gets_a_line_per_row_in_columns(capsys: pytest.CaptureFixture[str]) -> None:
    write_causes([CAUSE], None)

    heading, line, _ = capsys.readouterr().out.split("\n", 2)
    assert line.startswith(f"{ID}  3         2      2     2026-11-20T18:00:00Z")
    assert line.endswith("failed -: [bold]x y")
    assert heading.index("messages") == line.index("3  ")


@pytest.mark.parametrize("columns", ["200", "80"])
def test_a_terminal_wide_or_narrow_gets_whole_ids_and_errors_as_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", columns)

    write_causes([CAUSE, CAUSE], "a-cursor")

    told = capsys.readouterr()
    assert told.out.count(str(ID)) == 2
    assert told.out.count("failed -: [bold]x y") == 2
    assert told.out.count("2026-11-20T18:00:00Z") == 4
    assert told.err == "More results: add --after a-cursor\n"


def test_nothing_is_a_heading_alone(capsys: pytest.CaptureFixture[str]) -> None:
    write_causes([], None)

    assert capsys.readouterr().out.split()[:2] == ["cause", "messages"]
