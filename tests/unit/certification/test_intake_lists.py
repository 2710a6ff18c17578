"""A list is read as it was printed, whatever stands in its cells, or refused with its place."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.domain.intake_lists import MOST_LINES, ListRefusedError, SentList, read_list
from shared.errors import WHOLE
from shared.identity.texts import tidy_text

COLUMNS = ("name", "level")
CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30
).filter(lambda cell: bool(tidy_text(cell)))
LINES = st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=20)


def _read(content: bytes, *, known: tuple[str, ...] = COLUMNS) -> SentList:
    return read_list(content, required=COLUMNS, known=known)


def _printed(lines: list[list[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([COLUMNS, *lines])
    return text.getvalue()


@given(LINES, st.sampled_from([",", ";", "\t"]), st.sampled_from(["", "\ufeff"]))
def test_a_printed_list_reads_back(lines: list[list[str]], delimiter: str, mark: str) -> None:
    printed = mark + _printed(lines, delimiter)

    read = _read(printed.encode())

    assert read.columns == COLUMNS
    assert [list(each.cells) for each in read.lines] == [
        [tidy_text(cell) for cell in line] for line in lines
    ]


def _place(content: bytes) -> str:
    try:
        return f"lines.{_read(content).lines[0].line}"
    except ListRefusedError as refused:
        return refused.faults[0].field


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_place(content: bytes) -> None:
    assert re.fullmatch(r"(header|lines\.\d+)?", _place(content))


def test_each_line_says_where_in_the_file_it_begins() -> None:
    read = _read(b'name,level\n\nA,student\n"B\nC",student\n,\nD,student\n')

    assert [each.line for each in read.lines] == [3, 4, 7]


@pytest.mark.parametrize("header", [b"Client Level", b"CLIENT-LEVEL", b" client_level "])
def test_a_header_is_read_as_people_write_it(header: bytes) -> None:
    content = b"name;level;" + header + b"\nA;student;x\n"

    read = _read(content, known=(*COLUMNS, "client_level"))

    assert read.columns == (*COLUMNS, "client_level")


@pytest.mark.parametrize(
    "content",
    [
        b"sep=;\r\nname;level\r\nA;student\r\n",
        b'"sep=\t"\nname\tlevel\nA\tstudent\n',
        b"SEP=,\nname,level\nA,student\n",
        b"name\tlevel\nA\tstudent\n",
        b"name,level,,\nA,student,,\n,,,\n",
        b"name,level\nA,student,,,\n",
        b"name,,level\nA,,student\n",
        "name\u200b,\ufefflevel\u00a0\n\u00a0A\ufeff,stu\u00addent\n".encode(),
    ],
    ids=["sep=;", "sep= a tab", "SEP=,", "tabs", "empty columns", "cells", "between", "unseen"],
)
def test_what_spreadsheets_write_beside_the_cells_is_left_out(content: bytes) -> None:
    read = _read(content)

    assert read.columns == COLUMNS
    assert [each.cells for each in read.lines] == [("A", "student")]


def test_a_line_that_names_the_separator_counts_as_a_line_of_the_file() -> None:
    read = _read(b"sep=;\nname;level\nA;student\n")

    assert read.lines[0].line == 3


def test_a_cell_beyond_the_columns_stays_where_something_is_in_it() -> None:
    read = _read(b"name,level\nA,student,,x\nB,student,,\n")

    assert [each.cells for each in read.lines] == [("A", "student", "", "x"), ("B", "student")]


REFUSED = {
    "nothing": (b"", "header", "missing columns: name, level"),
    "a column is missing": (b"name\nA\n", "header", "missing columns: level"),
    "an unknown column": (b"name,level,lvl\n", "header", "column 3 must be one of name, level"),
    "a column without a name": (
        b"name,,level\nA,x,student\n",
        "header",
        "column 2 has no name; use one of name, level",
    ),
    "a column twice": (b"name,level,name\n", "header", "columns that appear twice: name"),
    "a header alone": (b"name,level\n", WHOLE, "there are no lines below the header"),
    "Latin letters": (
        "name,level\nJosé,".encode("latin-1"),
        WHOLE,
        "line 2 is not UTF-8; save the list as CSV in UTF-8 (in Excel: CSV UTF-8)",
    ),
    "a null character": (b"name,level\nA\0,B\n", WHOLE, "the list contains a null character"),
    "an open quote": (
        b'name,level\nA,B\n"C,D\n',
        "lines.3",
        "line 3: unexpected end of data; check for a quotation mark that is not closed",
    ),
    "too many lines": (
        b"name,level\n" + b"A,B\n" * (MOST_LINES + 1),
        WHOLE,
        f"a list can have at most {MOST_LINES} lines; send it in parts",
    ),
}


@pytest.mark.parametrize(("content", "place", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_as_a_whole_is_refused(
    content: bytes, place: str, message: str
) -> None:
    with pytest.raises(ListRefusedError) as refused:
        _read(content)

    assert [(each.field, each.message) for each in refused.value.faults] == [(place, message)]
