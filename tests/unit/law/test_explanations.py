"""What an explanation says, in words and as data."""

import json
from datetime import UTC, date, datetime

from shared.law.counting.deadlines import deadline
from shared.law.counting.explanations import Explanation
from shared.law.counting.facts import Fact
from shared.law.counting.wording import skipped
from shared.law.reading.calendar_files import load_calendars
from shared.law.reading.rulebook import load_edition, parse_edition

ROLLING = """
name: rolling
title: An edition for tests
facts: {receipt: Received}
rules:
  roll:
    title: roll
    regimes:
      - {name: only, chosen_by: receipt, effective_from: 2012-01-01, owner: officer,
         start: receipt, length: 3, unit: calendar-days, calendar: state-offices,
         rolls_forward: true, text: within 3 days, citation: a test}
"""


def explained(rule: str, fact: Fact) -> Explanation:
    return deadline(load_edition("standards-2012"), rule, [fact], load_calendars()).explanation


def test_a_receipt_on_20_november_2026_is_explained_day_by_day() -> None:
    explanation = explained("dynamic-score-to-doj", Fact("receipt", date(2026, 11, 20), "7c1e0a52"))

    assert explanation.text == (
        "Due Tuesday, December 1, 2026, end of day. "
        "Received on November 20, 2026 (receipt 7c1e0a52). "
        "Five working days: November 23, 24, 25, 30 and December 1. "
        "Not counted: weekends November 21-22 and 28-29; November 26, Thanksgiving Day; "
        "November 27, day after Thanksgiving. "
        'Rule "dynamic score to DOJ", edition standards-2012: within 5 working days of receipt.'
    )


def test_the_data_gives_each_day_counted_or_not_and_why() -> None:
    explanation = explained("dynamic-score-to-doj", Fact("receipt", date(2026, 11, 20)))

    data = json.loads(json.dumps(explanation.as_json()))

    assert [(day["on"][5:], day["number"] or day["reason"]) for day in data["days"]] == [
        ("11-20", "day of the start fact, excluded"),
        ("11-21", "weekend"),
        ("11-22", "weekend"),
        ("11-23", 1),
        ("11-24", 2),
        ("11-25", 3),
        ("11-26", "Thanksgiving Day"),
        ("11-27", "day after Thanksgiving"),
        ("11-28", "weekend"),
        ("11-29", "weekend"),
        ("11-30", 4),
        ("12-01", 5),
    ]
    assert data["due_on"] == "2026-12-01"
    assert data["calendar"] == "state-offices"
    assert data["edition_hash"] == load_edition("standards-2012").hash
    assert "Later law applies to assessments from 2025-01-01" in data["notice"]


def test_many_days_are_written_as_first_and_last() -> None:
    text = explained("share-score", Fact("assessment", date(2024, 12, 20))).text

    assert "30 calendar days: December 21, 2024 to January 19, 2025." in text
    assert "Not counted" not in text


def test_a_weekend_across_two_months_names_both() -> None:
    text = explained("dynamic-score-to-doj", Fact("receipt", date(2026, 10, 29))).text

    assert "October 30 and November 2, 3, 4, 5." in text
    assert "Not counted: weekend October 31-November 1." in text


def test_weekends_after_one_across_two_months_name_their_own_month() -> None:
    weekends = [date(2026, 10, 24), date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 7)]

    assert skipped("weekend", weekends) == "weekends October 24, 31-November 1 and November 7"


def test_an_instant_is_kept_as_such_beside_its_local_day() -> None:
    at = datetime(2026, 11, 21, 5, tzinfo=UTC)

    start = explained("dynamic-score-to-doj", Fact("receipt", at)).as_json()["start"]

    assert start == {
        "fact": "receipt",
        "on": "2026-11-20",
        "at": "2026-11-21T05:00:00+00:00",
        "evidence": None,
    }


def test_a_length_that_is_configuration_says_so() -> None:
    explanation = explained("doj-acknowledgment", Fact("acceptance", date(2026, 11, 20)))

    assert "The length is configuration: no source states it." in explanation.text
    assert explanation.as_json()["configured"] is True


def test_a_provisional_rule_says_so() -> None:
    explanation = explained("maintenance-polygraph", Fact("examination", date(2026, 11, 20)))

    assert explanation.provisional
    assert "Counted to November 20, 2027, twelve months later." in explanation.text
    assert (
        "Provisional: the rule is believed true, but its source was not seen." in explanation.text
    )


def test_a_date_that_rolled_forward_says_from_where() -> None:
    edition = parse_edition("rolling", ROLLING, load_calendars())
    facts = [Fact("receipt", date(2026, 12, 22))]

    text = deadline(edition, "roll", facts, load_calendars()).explanation.text

    assert "Due Monday, December 28, 2026" in text
    assert "Not counted: weekend December 26-27." in text
    assert "Rolled forward from December 25, 2026, Christmas Day." in text


def test_an_explanation_carries_the_rules_words_and_source() -> None:
    explanation = explained("share-score", Fact("assessment", date(2026, 11, 2)))

    assert explanation.rule_text == "to the supervising officer within 30 days of scoring"
    assert explanation.citation == "Board standards page"
