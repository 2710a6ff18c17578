"""What a line of a list says, and all that is wrong with it at once, by column."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.domain.applications import Kind, Level
from certification.domain.certifications import certification_number, counted_in
from certification.domain.day_bounds import DayBounds
from certification.domain.intake_checks import checked_together
from certification.domain.intake_lines import IntakeEntry, ReadLine, known_columns, read_line
from shared.counties import County, all_counties

TODAY = date(2026, 11, 20)
BOUNDS = DayBounds(TODAY, days_ahead=400, longest_days=1830)
PROGRAM = {
    "number": "PRG-000123",
    "name": "River  Program",
    "headquarters_county": "Sacramento",
    "served_counties": "Yolo | 06061|yolo",
    "effective_from": "2025-12-01",
    "effective_until": "2027-12-01",
}
PROVIDER = {
    "number": "",
    "name": "Avery Example",
    "level": "Independent",
    "effective_from": "2025-12-01",
    "effective_until": "2027-12-01",
}
COUNTY_CURE = (
    "is not a county of California; use its name or FIPS code (Sacramento or 06067), with | "
    "between several"
)
DATE_CURE = "must be a date such as 2026-11-20 or 11/20/2026 in the years 2000 to 2100"
OF_KIND = {Kind.PROGRAM: PROGRAM, Kind.PROVIDER: PROVIDER}


def _read(kind: Kind, **changed: str) -> ReadLine:
    told = OF_KIND[kind] | changed
    return read_line(kind, tuple(told), tuple(told.values()), BOUNDS)


def _codes(read: ReadLine) -> list[tuple[str | None, str]]:
    return [(each.column, each.code) for each in (*read.refusals, *read.doubts)]


def test_a_program_is_read_with_its_counties() -> None:
    read = _read(Kind.PROGRAM)

    assert read.entry == IntakeEntry(
        name="River Program",
        number="PRG-000123",
        headquarters_county="06067",
        served_counties=("06113", "06061"),
        effective_from=date(2025, 12, 1),
        effective_until=date(2027, 12, 1),
    )
    assert _codes(read) == []


@pytest.mark.parametrize(("said", "read"), [("yes", True), ("No", False), ("", None)])
def test_what_a_program_tells_the_public_is_read_where_it_is_told(said: str, read: object) -> None:
    line = _read(Kind.PROGRAM, languages="es | Spanish|vi", accepting_clients=said)

    assert line.entry is not None
    assert (line.entry.languages, line.entry.accepting_clients) == (("es", "vi"), read)


def test_a_provider_is_read_with_its_level() -> None:
    read = _read(Kind.PROVIDER)

    assert read.entry is not None
    assert (read.entry.level, read.entry.number) == (Level.INDEPENDENT, None)


@pytest.mark.parametrize(
    ("kind", "column", "text", "code"),
    [
        (Kind.PROGRAM, "headquarters_county", "Nevada City", "unknown-county"),
        (Kind.PROGRAM, "served_counties", "Yolo / Placer", "unknown-county"),
        (Kind.PROGRAM, "headquarters_county", "", "empty"),
        (Kind.PROGRAM, "effective_from", "13/01/2025", "malformed-date"),
        (Kind.PROGRAM, "effective_from", "12/01/25", "malformed-date"),
        (Kind.PROGRAM, "effective_from", "2025-12-01 08:30:00", "malformed-date"),
        (Kind.PROGRAM, "effective_from", "2025-02-29", "malformed-date"),
        (Kind.PROGRAM, "effective_from", "20251201", "malformed-date"),
        (Kind.PROGRAM, "effective_until", "2999-12-01", "malformed-date"),
        (Kind.PROGRAM, "effective_until", "2025-12-01", "empty-span"),
        (Kind.PROGRAM, "name", "", "empty"),
        (Kind.PROGRAM, "languages", "es|Klingon", "unknown-language"),
        (Kind.PROGRAM, "accepting_clients", "perhaps", "neither-yes-nor-no"),
        (Kind.PROGRAM, "name", "two\nlines", "malformed-name"),
        (Kind.PROGRAM, "name", "x" * 201, "malformed-name"),
        (Kind.PROVIDER, "level", "senior", "unknown-level"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused_by_its_column(
    kind: Kind, column: str, text: str, code: str
) -> None:
    read = _read(kind, **{column: text})

    assert read.entry is None
    assert _codes(read) == [(column, code)]


@pytest.mark.parametrize(
    ("column", "text", "read"),
    [
        ("effective_from", "11/20/2026", date(2026, 11, 20)),
        ("effective_from", "1/5/2026", date(2026, 1, 5)),
        ("effective_from", "2026-11-20 00:00:00", date(2026, 11, 20)),
        ("effective_from", "2026-11-20T00:00", date(2026, 11, 20)),
        ("headquarters_county", "6067", "06067"),
        ("headquarters_county", "Sacramento County", "06067"),
        ("headquarters_county", "LOS ANGELES CO.", "06037"),
        ("headquarters_county", "County of Kern", "06029"),
        ("served_counties", "Yolo; Placer, Kern County", ("06113", "06061", "06029")),
        ("accepting_clients", "TRUE", True),
    ],
)
def test_what_a_spreadsheet_writes_is_taken(column: str, text: str, read: object) -> None:
    line = _read(Kind.PROGRAM, effective_until="2028-01-01", **{column: text})

    assert line.entry is not None
    assert getattr(line.entry, column) == read


def test_a_cell_that_is_refused_says_how_it_is_written() -> None:
    read = _read(Kind.PROGRAM, headquarters_county="Reno", effective_from="20.11.2026")

    assert [each.message for each in read.refusals] == [
        COUNTY_CURE,
        DATE_CURE,
    ]


def test_an_empty_span_is_said_beside_what_else_is_wrong() -> None:
    read = _read(Kind.PROGRAM, headquarters_county="Reno", effective_until="2020-01-01")

    assert _codes(read) == [
        ("headquarters_county", "unknown-county"),
        ("effective_until", "empty-span"),
    ]


def test_all_that_is_wrong_in_a_line_is_said_at_once() -> None:
    read = _read(Kind.PROGRAM, name="", headquarters_county="Reno", effective_until="soon")

    assert [column for column, _ in _codes(read)] == [
        "name",
        "headquarters_county",
        "effective_until",
    ]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("PRG-000001", "River"), ("headquarters_county", "missing-column")),
        (("",) * 9, (None, "too-many-columns")),
    ],
)
def test_a_line_of_another_length_than_the_header_is_refused(
    cells: tuple[str, ...], found: tuple[str | None, str]
) -> None:
    read = read_line(Kind.PROGRAM, known_columns(Kind.PROGRAM), cells, BOUNDS)

    assert read.entry is None
    assert _codes(read) == [found]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "{{7*7}}", "'; --"])
def test_what_looks_like_a_formula_is_just_a_name(name: str) -> None:
    read = _read(Kind.PROGRAM, name=name)

    assert read.entry is not None
    assert read.entry.name == name


@pytest.mark.parametrize("number", ["B-17", "PRV-000001", "PRG-000000", "PRG-1", "PRG-0000001"])
def test_a_number_of_another_form_is_doubted_and_another_drawn(number: str) -> None:
    read = _read(Kind.PROGRAM, number=number)

    assert read.entry is not None
    assert read.entry.number is None
    assert _codes(read) == [("number", "number-drawn")]


def test_a_number_that_would_use_up_those_to_be_drawn_is_refused() -> None:
    highest = _read(Kind.PROGRAM, number="PRG-899999")
    higher = _read(Kind.PROGRAM, number="PRG-900000")

    assert (highest.entry is not None, higher.entry) == (True, None)
    assert (_codes(highest), _codes(higher)) == ([], [("number", "number-too-high")])


def test_a_term_that_is_over_is_doubted() -> None:
    read = _read(Kind.PROGRAM, effective_until="2026-11-20")

    assert _codes(read) == [("effective_until", "expired")]


def test_a_number_that_is_not_free_is_refused() -> None:
    read = [_read(Kind.PROGRAM), _read(Kind.PROGRAM, number="PRG-000124", name="Another")]

    checked = checked_together(read, taken={"PRG-000124"}, known=())

    assert [_codes(each) for each in checked] == [[], [("number", "number-taken")]]
    assert [each.entry is None for each in checked] == [False, True]


def test_a_number_that_is_there_twice_is_refused_on_both_lines() -> None:
    read = [_read(Kind.PROGRAM), _read(Kind.PROGRAM, name="Another"), _read(Kind.PROGRAM, name="")]

    checked = checked_together(read, taken=(), known=())

    assert [_codes(each) for each in checked] == [
        [("number", "number-twice")],
        [("number", "number-twice")],
        [("name", "empty")],
    ]


def test_a_likely_double_is_doubted_not_refused() -> None:
    read = [_read(Kind.PROVIDER), _read(Kind.PROVIDER, name="AVERY EXAMPLE")]

    checked = checked_together(read, taken=(), known={("avery example", None)})

    both = [("name", "known-already"), ("name", "listed-twice")]
    assert [_codes(each) for each in checked] == [both, both]
    assert all(each.entry for each in checked)


@pytest.mark.parametrize(
    "name",
    ["Jose\u0301 Pen\u0303a", "Jose Pena", "PE\u00d1A, Jos\u00e9", "Jos\u00e9  Pe\u00f1a Jr."],
)
def test_one_name_however_it_is_spelled_is_a_likely_double(name: str) -> None:
    read = [_read(Kind.PROVIDER, name="Jos\u00e9 Pe\u00f1a"), _read(Kind.PROVIDER, name=name)]

    checked = checked_together(read, taken=(), known={("jose pena", None)})

    assert [_codes(each)[0] for each in checked] == [("name", "known-already")] * 2


@pytest.mark.parametrize("county", ["06067", "06113"])
def test_the_same_name_in_another_county_is_another_program(county: str) -> None:
    known = {("river program", "06061")}

    checked = checked_together(
        [_read(Kind.PROGRAM, headquarters_county=county)], taken=(), known=known
    )

    assert _codes(checked[0]) == []


@given(
    name=st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=40),
    county=st.sampled_from(all_counties()),
    served=st.lists(st.sampled_from(all_counties()), max_size=5, unique=True),
    first=st.dates(date(2000, 1, 1), date(2027, 12, 25)),
    days=st.integers(1, 1430),
)
def test_whatever_a_program_is_reads_back(
    name: str, county: County, served: list[County], first: date, days: int
) -> None:
    until = first + timedelta(days=days)

    read = _read(
        Kind.PROGRAM,
        name=name,
        headquarters_county=county.name,
        served_counties="|".join(each.fips for each in served),
        effective_from=first.isoformat(),
        effective_until=until.isoformat(),
    )

    assert read.entry is not None
    assert (read.entry.name, read.entry.effective_from) == (name, first)
    assert read.entry.effective_until == until
    assert read.entry.headquarters_county == county.fips
    assert read.entry.served_counties == tuple(each.fips for each in served)


@given(st.sampled_from(Kind), st.integers(1, 999_999))
def test_a_number_of_ours_is_read_back(kind: Kind, counted: int) -> None:
    assert counted_in(kind, certification_number(kind, counted)) == counted


@pytest.mark.parametrize(
    ("begins", "ends", "found"),
    [
        ("2010-01-01", "2031-11-24", []),
        ("2010-01-01", "2031-11-25", [("effective_until", "too-far-ahead")]),
        ("2027-12-25", "2032-12-28", []),
        ("2027-12-25", "2032-12-29", [("effective_until", "too-far-ahead")]),
        ("2027-12-26", "2029-12-26", [("effective_from", "too-far-ahead")]),
    ],
)
def test_a_mistyped_year_is_refused(begins: str, ends: str, found: list[tuple[str, str]]) -> None:
    read = _read(Kind.PROGRAM, effective_from=begins, effective_until=ends)

    assert _codes(read) == found
