"""The standards' data: what is packaged, and how a wrong file is refused."""

from datetime import date

import pytest

from certification.domain.applications import Kind, Level
from certification.domain.checklists import parse_checklists
from certification.domain.fees import fee_on, parse_fees
from certification.domain.levels import parse_levels
from certification.domain.standards import Standards, load_standards
from certification.domain.terms import Term, parse_terms
from shared.data_files.data_file import DataFileError
from shared.errors import RuleBrokenError
from shared.law.counting.edition_settings import Setting
from shared.law.reading.rulebook import load_edition

SETTINGS = load_edition("standards-2012").settings
STANDARDS = load_standards(SETTINGS)
TODAY = date(2026, 11, 20)
CHECKLIST = """
items: {fee: The fee, form: The form}
checklists:
  - {name: one, kind: program, effective_from: 2011-08-01, source: a page, items: ITEMS}
"""
TERM = "{kind: program, effective_from: 2011-08-01, months: MONTHS, source: a page}"


def term(months: int) -> Term:
    return Term(Kind.PROGRAM, None, date(2011, 8, 1), months, "a page", is_configured=False)


@pytest.mark.parametrize("level", list(Level))
def test_every_level_of_provider_has_a_checklist_with_its_live_scan_receipt(level: Level) -> None:
    checklist = STANDARDS.checklist(Kind.PROVIDER, level, TODAY)

    assert "live-scan-receipt" in checklist.items


def test_an_associate_and_a_student_need_a_supervision_agreement() -> None:
    needing = {
        level
        for level in Level
        if "supervision-agreement" in STANDARDS.checklist(Kind.PROVIDER, level, TODAY).items
    }

    assert needing == {Level.ASSOCIATE, Level.STUDENT}


@pytest.mark.parametrize(
    ("kind", "level", "months"),
    [
        (Kind.PROGRAM, None, 24),
        (Kind.PROVIDER, Level.INDEPENDENT, 24),
        (Kind.PROVIDER, Level.ASSOCIATE, 24),
    ],
)
def test_programs_and_most_providers_are_certified_for_two_years(
    kind: Kind, level: Level | None, months: int
) -> None:
    found = STANDARDS.term(kind, level, TODAY)

    assert (found.months, found.is_configured) == (months, False)


def test_the_term_of_an_apprentice_says_that_no_source_states_it() -> None:
    assert STANDARDS.term(Kind.PROVIDER, Level.APPRENTICE, TODAY).is_configured


def test_the_length_of_an_apprentices_term_is_a_setting_of_the_edition() -> None:
    longer = Setting(
        "apprentice-term-months", 18, "a test", "a source", configured=True, provisional=False
    )

    standards = load_standards({**SETTINGS, longer.name: longer})

    found = standards.term(Kind.PROVIDER, Level.APPRENTICE, TODAY)
    assert (found.months, found.source) == (18, "a source")


@pytest.mark.parametrize("named", ["no-such-setting", "deficiency-clock"])
def test_a_term_needs_a_setting_that_is_a_whole_number(named: str) -> None:
    entry = f"{{kind: program, effective_from: 2011-08-01, months_setting: {named}}}"

    with pytest.raises(DataFileError, match=rf"line 2, terms 1: .*no setting {named}"):
        parse_terms("here", f"terms:\n- {entry}\n", SETTINGS)


def test_before_the_board_took_applications_there_is_no_checklist() -> None:
    with pytest.raises(RuleBrokenError, match="independent provider"):
        STANDARDS.checklist(Kind.PROVIDER, Level.INDEPENDENT, date(2011, 7, 31))


def test_before_the_board_certified_programs_there_is_no_term() -> None:
    with pytest.raises(RuleBrokenError, match="contain no program"):
        STANDARDS.term(Kind.PROGRAM, None, date(2011, 7, 31))


@pytest.mark.parametrize(
    ("first_day", "months", "end"),
    [
        (date(2026, 11, 20), 24, date(2028, 11, 20)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2028, 2, 29), 24, date(2030, 3, 1)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
    ],
)
def test_a_term_ends_on_the_same_day_of_a_later_month(
    first_day: date, months: int, end: date
) -> None:
    assert term(months).end_of(first_day) == end


@pytest.mark.parametrize(
    ("items", "reason"),
    [("[fee, tea]", "unknown item tea"), ("[fee, fee]", "twice"), ("[]", "list of texts")],
)
def test_a_checklist_that_contradicts_itself_is_refused(items: str, reason: str) -> None:
    with pytest.raises(DataFileError, match=reason):
        parse_checklists("here", CHECKLIST.replace("ITEMS", items))


def test_two_checklists_of_one_name_are_refused() -> None:
    entry = CHECKLIST.replace("ITEMS", "[fee]")
    again = entry.splitlines()[-1]

    with pytest.raises(DataFileError, match="name one is used twice"):
        parse_checklists("here", f"{entry}{again}\n")


def test_a_term_of_no_months_is_refused() -> None:
    with pytest.raises(DataFileError, match="at least 1"):
        parse_terms("here", f"terms: [{TERM.replace('MONTHS', '0')}]", {})


def test_two_terms_that_begin_on_one_day_are_refused() -> None:
    one = TERM.replace("MONTHS", "12")

    with pytest.raises(DataFileError, match="one day"):
        parse_terms("here", f"terms: [{one}, {one}]", {})


def test_a_later_term_replaces_an_earlier_one_from_its_day_on() -> None:
    later = Term(Kind.PROGRAM, None, date(2030, 1, 1), 36, "a page", is_configured=False)
    changed = Standards(STANDARDS.checklists, (*STANDARDS.terms, later))

    before = changed.term(Kind.PROGRAM, None, date(2029, 12, 31))
    after = changed.term(Kind.PROGRAM, None, date(2030, 1, 1))

    assert (before.months, after.months) == (24, 36)


LEVELS = """
levels:
  - {level: independent, effective_from: 2011-08-01, source: a page}
  - {level: associate, effective_from: 2011-08-01, source: a page}
  - {level: apprentice, effective_from: 2011-08-01, until_setting: apprentice-until, source: a page}
  - {level: student, effective_from: 2011-08-01, from_setting: student-from, source: a page}
"""


def _taking_the_place(day: str) -> dict[str, Setting]:
    told = ("a test", "a source")
    return {
        name: Setting(name, day, *told, configured=True, provisional=False)
        for name in ("apprentice-until", "student-from")
    }


def test_while_no_day_is_known_every_level_is_open() -> None:
    for level in Level:
        STANDARDS.refuse_level(level, TODAY)


def test_a_student_applies_from_the_day_on_which_no_apprentice_does_any_more() -> None:
    levels = parse_levels("levels.yaml", LEVELS, _taking_the_place("2015-07-01"))
    day, before = date(2015, 7, 1), date(2015, 6, 30)

    levels[Level.APPRENTICE].refuse(before)
    levels[Level.STUDENT].refuse(day)
    with pytest.raises(RuleBrokenError, match="from 2011-08-01 on and before 2015-07-01, not on"):
        levels[Level.APPRENTICE].refuse(day)
    with pytest.raises(RuleBrokenError, match="student is open to applications from 2015-07-01 on"):
        levels[Level.STUDENT].refuse(before)


APPRENTICE = """
levels:
  - level: apprentice
    effective_from: 2011-08-01
    until_setting: apprentice-until
    source: a page
"""


def test_a_setting_that_is_no_day_is_refused_with_its_name_and_line() -> None:
    says = "line 5, .*the edition setting apprentice-until must be a date"
    with pytest.raises(DataFileError, match=says):
        parse_levels("levels.yaml", APPRENTICE, _taking_the_place("soon"))


def test_a_fee_is_in_force_from_its_first_day_on_until_the_next_one_begins() -> None:
    fees = parse_fees(
        "a file",
        "fees:\n"
        "  - {kind: provider, effective_from: 2011-08-01, usd: 180, source: a page}\n"
        "  - {kind: provider, effective_from: 2026-11-20, usd: 200, source: a page}\n",
    )

    on = [date(2011, 7, 31), date(2011, 8, 1), date(2026, 11, 19), date(2026, 11, 20)]
    assert [fee_on(fees, Kind.PROVIDER, None, day) for day in on] == [None, 180, 180, 200]


def test_a_fee_with_a_word_that_nobody_knows_is_refused() -> None:
    fee = "fees: [{kind: provider, effective_from: 2011-08-01, usd: 180, source: a page, eur: 1}]"

    with pytest.raises(DataFileError, match="unknown key eur"):
        parse_fees("a file", fee)
