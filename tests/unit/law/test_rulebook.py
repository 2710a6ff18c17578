"""How an edition is read, and how a file that cannot be believed is refused."""

import pytest

from shared.data_files.data_file import DataFileError
from shared.law.counting.edition_settings import UnknownSettingError
from shared.law.counting.notices import Notice, NoticeKind
from shared.law.counting.rules import Edition, PausePolicy
from shared.law.reading.calendar_files import load_calendars
from shared.law.reading.rulebook import UnknownEditionError, load_edition, parse_edition
from unit.law.small_editions import SMALL

DUE_SOON, OVERDUE = NoticeKind.DUE_SOON, NoticeKind.OVERDUE


def small(text: str = SMALL) -> Edition:
    return parse_edition("small", text, load_calendars())


def test_an_unknown_edition_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        UnknownEditionError, match="the editions are sb-1473, standards-2012"
    ) as refused:
        load_edition("standards-1999")

    assert [fault.field for fault in refused.value.faults] == ["edition"]


def test_a_small_edition_is_read_as_it_stands() -> None:
    first, second = small().rule("send").regimes

    assert first.pause is PausePolicy.NONE
    assert second.pause is PausePolicy.PAUSE
    assert second.owners == ("officer", "provider")


def test_everyone_who_was_warned_is_told_of_the_breach_in_the_same_order() -> None:
    first, _ = small().rule("send").regimes

    assert first.notices == (
        Notice(DUE_SOON, "owner", 2),
        Notice(DUE_SOON, "operator", 1),
        Notice(OVERDUE, "owner", 0),
        Notice(OVERDUE, "operator", 0),
    )


def test_the_owner_is_told_of_the_breach_where_nobody_was_warned() -> None:
    _, second = small().rule("send").regimes

    assert second.notices == (Notice(OVERDUE, "owner", 0),)


def test_steps_after_the_breach_are_taken_as_they_are_given() -> None:
    later = "days_before: 1}\n          - {to: agency-lead, days_after: 3}"

    first, _ = small(SMALL.replace("days_before: 1}", later)).rule("send").regimes

    assert first.notices[2:] == (Notice(OVERDUE, "agency-lead", 3),)


def test_a_length_may_be_a_setting_which_makes_it_configuration() -> None:
    text = SMALL.replace("length: 6", "length_setting: days-open")

    _, second = small(text.replace("within 6 days", "within {length} days")).rule("send").regimes

    assert (second.length, second.configured, second.text) == (20, True, "within 20 days")


def test_an_unknown_setting_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        UnknownSettingError, match="has no setting 'hours'; its settings are days-open"
    ):
        small().setting("hours")


def test_a_setting_is_read_as_what_it_is() -> None:
    number = small().setting("days-open")
    text = small(SMALL.replace("value: 20", "value: until-answered")).setting("days-open")
    listed = small(SMALL.replace("value: 20", "value: [one, two]")).setting("days-open")

    assert (number.whole, text.word, listed.words) == (20, "until-answered", ("one", "two"))


def test_a_setting_is_not_read_as_what_it_is_not() -> None:
    number = small().setting("days-open")
    text = small(SMALL.replace("value: 20", "value: until-answered")).setting("days-open")

    with pytest.raises(TypeError, match="days-open is not a text"):
        _ = number.word
    with pytest.raises(TypeError, match="days-open is not a list of texts"):
        _ = number.words
    with pytest.raises(TypeError, match="days-open is not a whole number"):
        _ = text.whole


@pytest.mark.parametrize(
    ("wrong", "right", "line", "reason"),
    [
        ("until: 2020-01-01", "until: 2020-01-02", 33, "overlap from 2020-01-01"),
        ("        effective_until: 2020-01-01\n", "", 32, "overlap from 2020-01-01"),
        ("until: 2020-01-01", "until: 2019-12-31", 33, "no regime from 2019-12-31 to 2020-01-01"),
        ("until: 2020-01-01", "until: 2011-01-01", 20, "must be after"),
        (
            "        owner: [officer, provider]",
            "        effective_until: 2030-01-01\n        owner: officer",
            34,
            "no regime from 2030-01-01 on",
        ),
        ("calendar: state-offices", "calendar: moon", 25, "unknown calendar 'moon'"),
        ("        calendar: state-offices\n", "", 17, "needs a calendar"),
        ("        citation: a source\n", "", 17, "citation is missing"),
        ("        citation: a source\n", "        citation: ''\n", 27, "citation must be a text"),
        ("unit: calendar-days", "unit: fortnights", 37, "unknown unit 'fortnights'"),
        ("unit: calendar-days", "unit: months", 38, "a clock in months cannot be paused"),
        ("length: 5", "length: 0", 23, "length must be at least 1"),
        ("length: 5", "length: five", 23, "length must be a whole number"),
        ("length: 5", "length: true", 23, "length must be a whole number"),
        ("length: 5", "length: 5\n        length: 6", 24, "the key length is used twice"),
        ("length: 5", "length_setting: none", 23, "unknown setting 'none'"),
        ("length: 5", "length_setting: days-open\n        length: 5", 24, "unknown key length"),
        ("owner: officer", "owner: []", 21, "owner must be a text or a list of texts"),
        ("owner: officer", "owner: oficer", 21, "owner: unknown role 'oficer'"),
        ("owner: officer", "owner: owner", 21, "owner: unknown role 'owner'"),
        ("owner: officer", "owner: officer\n        configured: x", 22, "must be true or false"),
        ("start: receipt\n        length: 5", "start: x\n        length: 5", 22, "fact 'x'"),
        ("pause: pause", "pause: sometimes", 38, "unknown pause 'sometimes'"),
        ("pause: pause", "pause_setting: days-open", 9, "must be one of none, pause"),
        ("text: within 6 days", "text: ' '", 39, "text must be a text that is not empty"),
        ("title: A small edition", "title: A small edition\nnotes: x", 4, "unknown key notes"),
        ("name: small", "name: large", 2, "the file is named small, but its edition is"),
        ("name: small", "name: small\nextends: none", 3, "extends unknown edition 'none'"),
        ("name: small", "name: small\nextends: small", 3, "extends unknown edition 'small'"),
        ("- {to: owner, days_before: 2}", "- owner", 29, "must be a mapping"),
        ("days_before: 2}", "days_before: 0}", 30, "in order of time"),
        ("days_before: 2}", "days_after: 0}", 30, "in order of time"),
        ("days_before: 2}", "days_before: -2}", 29, "days_before must be at least 0"),
        ("days_before: 2}", "days_before: 2, days_after: 1}", 29, "days_before or days_after"),
        ("to: owner", "to: everybody", 29, "to: unknown role 'everybody'"),
        ("name: second", "name: first", 31, "the name first is used twice"),
        ("regimes:", "exemptions: none\n    regimes:", 16, "exemptions must be a list"),
        ("receipt\n        effective_from: 2020", "assessment\n        effective_from: 2020", 32,
         "must be chosen by the same fact"),
        ("    configured: true", "    configured: false", 9, "configured or provisional"),
        ("value: 20", "value: []", 9, "value must be a text or a list of texts"),
        ("value: 20", "value: true", 9, "value must be a whole number"),
    ],
)  # fmt: skip
def test_an_edition_that_cannot_be_believed_is_refused_with_line_and_reason(
    wrong: str, right: str, line: int, reason: str
) -> None:
    text = SMALL.replace(wrong, right)

    with pytest.raises(DataFileError, match=f"edition small, line {line}\\b") as refused:
        small(text)

    assert text != SMALL
    assert reason in str(refused.value)


def test_a_rule_without_regime_and_exemption_is_refused() -> None:
    text = f"{SMALL}  idle:\n    title: idle\n"

    with pytest.raises(
        DataFileError, match="line 42, rules, idle: a rule must have a regime, or an"
    ):
        small(text)


def test_an_edition_without_rules_is_refused() -> None:
    with pytest.raises(DataFileError, match="line 2: an edition must have rules"):
        small(SMALL.partition("rules:")[0])


def test_a_setting_of_no_days_is_no_length() -> None:
    text = SMALL.replace("length: 6", "length_setting: days-open").replace("value: 20", "value: 0")

    with pytest.raises(DataFileError, match="line 9, settings, days-open: value is a length and"):
        small(text)
