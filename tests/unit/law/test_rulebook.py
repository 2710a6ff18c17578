"""What editions hold, and how a file that cannot be believed is refused."""

import pytest

from shared.law.calendar_files import load_calendars
from shared.law.data_file import LawDataError, packaged_text
from shared.law.in_force import load_law
from shared.law.rulebook import UnknownEditionError, load_edition, parse_edition
from shared.law.rules import Escalation, PausePolicy

NAMES = {
    *("decide-application", "answer-deficiency", "renew-certification", "share-score"),
    *("dynamic-score-to-doj", "violence-score-to-doj", "doj-acknowledgment", "ls-cmi-seen"),
    *("monthly-contact", "static-99r-before-placement", "final-dynamic-assessment"),
    "maintenance-polygraph",
}
SMALL = """
name: small
title: A small edition
facts:
  receipt: Received
  assessment: Assessed
rules:
  send:
    title: send
    escalations:
      - {to: owner, days_before: 2}
    regimes:
      - name: first
        chosen_by: receipt
        effective_from: 2012-01-01
        effective_until: 2020-01-01
        owner: officer
        start: receipt
        length: 5
        unit: working-days
        calendar: state-offices
        text: within 5 working days
        citation: a source
      - name: second
        chosen_by: receipt
        effective_from: 2020-01-01
        owner: [officer, provider]
        start: receipt
        length: 6
        unit: calendar-days
        pause: pause
        text: within 6 days
        citation: another source
"""


@pytest.mark.parametrize("edition", ["standards-2012", "sb-1473"])
def test_every_edition_holds_every_rule_and_each_regime_its_source(edition: str) -> None:
    rules = load_edition(edition).rules

    assert set(rules) == NAMES
    assert all(regime.citation for rule in rules.values() for regime in rule.regimes)


def test_the_lengths_that_no_source_states_are_shown_as_configuration() -> None:
    rules = load_edition("standards-2012").rules

    configured = {name for name, rule in rules.items() if any(r.configured for r in rule.regimes)}

    assert configured == {"answer-deficiency", "doj-acknowledgment", "ls-cmi-seen"}


def test_the_default_edition_gives_notice_of_the_later_law() -> None:
    law = load_law("standards-2012")

    assert law.edition.notice is not None
    assert "assessments from 2025-01-01" in law.edition.notice
    assert "state-offices" in law.calendars


def test_an_unknown_edition_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownEditionError, match="there are sb-1473, standards-2012") as refused:
        load_edition("standards-1999")

    assert [fault.field for fault in refused.value.faults] == ["edition"]


def test_a_small_edition_is_read_as_it_stands() -> None:
    edition = parse_edition("small", SMALL, load_calendars())

    first, second = edition.rule("send").regimes
    assert first.pause is PausePolicy.NONE
    assert second.pause is PausePolicy.PAUSE
    assert second.owners == ("officer", "provider")
    assert edition.rule("send").escalations == (Escalation("owner", 2),)


def test_the_hash_follows_the_content_and_nothing_else() -> None:
    calendars = load_calendars()

    same = parse_edition("small", f"# a remark\n{SMALL}", calendars)
    other = parse_edition("small", SMALL.replace("length: 6", "length: 7"), calendars)

    assert same.hash == parse_edition("small", SMALL, calendars).hash
    assert other.hash != same.hash


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ("effective_until: 2020-01-01", "effective_until: 2020-01-02", "overlap from 2020-01-01"),
        ("        effective_until: 2020-01-01\n", "", "overlap from 2020-01-01"),
        ("effective_until: 2020-01-01", "effective_until: 2011-01-01", "must lie after"),
        ("calendar: state-offices", "calendar: moon", "unknown calendar 'moon'"),
        ("        calendar: state-offices\n", "", "needs a calendar"),
        ("        citation: a source\n", "", "citation is missing"),
        ("unit: calendar-days", "unit: fortnights", "unknown unit 'fortnights'"),
        ("unit: calendar-days", "unit: months", "a clock in months cannot pause"),
        ("length: 5", "length: 0", "length must be at least 1"),
        ("length: 5", "length: five", "length must be a whole number"),
        ("length: 5", "length: true", "length must be a whole number"),
        ("owner: officer", "owner: []", "owner must be a text or a list of texts"),
        ("owner: officer", "owner: officer\n        configured: perhaps", "must be true or false"),
        ("start: receipt\n        length: 5", "start: x\n        length: 5", "unknown fact 'x'"),
        ("pause: pause", "pause: sometimes", "unknown pause 'sometimes'"),
        ("text: within 6 days", "text: ' '", "text must be a text that is not empty"),
        ("title: A small edition", "title: A small edition\nnotes: x", "unknown key notes"),
        ("name: small", "name: large", "the file is called small, the edition large"),
        ("- {to: owner, days_before: 2}", "- owner", "expected a mapping"),
        ("regimes:", "exemptions: none\n    regimes:", "exemptions must be a list"),
        (
            "chosen_by: receipt\n        effective_from: 2020",
            "chosen_by: assessment\n        effective_from: 2020",
            "chosen by different facts",
        ),
    ],
)
def test_an_edition_that_cannot_be_believed_is_refused_with_place_and_reason(
    wrong: str, right: str, reason: str
) -> None:
    text = SMALL.replace(wrong, right)

    with pytest.raises(LawDataError, match="edition small") as refused:
        parse_edition("small", text, load_calendars())

    assert text != SMALL
    assert reason in str(refused.value)


def test_a_missing_data_file_is_named() -> None:
    with pytest.raises(LawDataError, match=r"editions/none\.yaml: there is no such file"):
        packaged_text("editions/none.yaml")
