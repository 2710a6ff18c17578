"""What the packaged editions hold, word by word where the field's description is exact."""

from datetime import date

import pytest

from shared.law.counting.deadlines import deadline
from shared.law.counting.facts import Fact
from shared.law.counting.notices import OWNER, RECIPIENTS, NoticeKind
from shared.law.counting.rules import PausePolicy, Regime
from shared.law.in_force import load_law
from shared.law.reading.rulebook import load_edition
from shared.security.principals import Role

EDITIONS = ["standards-2012", "sb-1473"]
RULES = {
    "screen-application",
    *("decide-application", "answer-deficiency", "renew-certification", "share-score"),
    *("dynamic-score-to-doj", "violence-score-to-doj", "doj-acknowledgment", "ls-cmi-seen"),
    *("monthly-contact", "static-99r-before-placement", "final-dynamic-assessment"),
    "maintenance-polygraph",
}
AN_INFERENCE = "That the regime follows the assessment's date is an inference."


def regimes_of(edition: str) -> list[tuple[str, Regime]]:
    rules = load_edition(edition).rules.values()
    return [(rule.name, regime) for rule in rules for regime in rule.regimes]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_holds_every_rule_and_each_regime_its_source(edition: str) -> None:
    assert set(load_edition(edition).rules) == RULES
    assert all(regime.citation for _, regime in regimes_of(edition))


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_escalation_begins_with_the_owner_and_ends_with_the_operator_before_the_breach(
    edition: str,
) -> None:
    for name, regime in regimes_of(edition):
        warned = [notice.to for notice in regime.notices if notice.kind is NoticeKind.DUE_SOON]
        told = [notice.to for notice in regime.notices if notice.kind is NoticeKind.OVERDUE]

        assert warned[0] == OWNER, name
        assert warned[-1] == "operator" or regime.owners == ("operator",), name
        assert told == list(dict.fromkeys(warned)), name


def test_an_escalation_follows_the_regime_and_not_the_rule() -> None:
    officer, provider = load_edition("sb-1473").rule("dynamic-score-to-doj").regimes

    assert [(each.to, each.days) for each in officer.notices[:4]] == [
        ("owner", 3),
        ("unit-supervisor", 2),
        ("agency-lead", 1),
        ("operator", 1),
    ]
    assert [(each.to, each.days) for each in provider.notices[:3]] == [
        ("owner", 7),
        ("program-representative", 3),
        ("operator", 1),
    ]


def test_whoever_may_be_told_is_a_role_that_a_token_may_carry() -> None:
    assert RECIPIENTS - {OWNER} <= set(Role)


def test_the_lengths_that_no_source_states_are_shown_as_configuration() -> None:
    configured = {name for name, regime in regimes_of("standards-2012") if regime.configured}
    provisional = {name for name, regime in regimes_of("standards-2012") if regime.provisional}

    assert configured == {
        *("screen-application", "answer-deficiency", "doj-acknowledgment", "ls-cmi-seen"),
    }
    assert provisional == {"maintenance-polygraph"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("apprentice-term-months", 12),
        ("appeal-open-days", 30),
        ("screening-days", 10),
        ("late-decision-days", 0),
        ("late-decision-warning-days", 30),
        ("effective-days-ahead", 400),
        ("longest-span-days", 1830),
        ("deficiency-clock", "pause"),
        ("month-not-required", ("custody", "warrant", "case-not-active-whole-month")),
        ("ls-cmi-seen-working-days", 10),
    ],
)
def test_what_the_standards_leave_open_is_a_setting_that_says_so(name: str, value: object) -> None:
    setting = load_edition("standards-2012").setting(name)

    assert setting.value == value
    assert setting.configured
    assert "no source" in setting.citation or "not found" in setting.citation


def test_an_older_citation_on_a_later_receipt_is_explained_beside_it() -> None:
    receipt = Fact("receipt", date(2026, 11, 20))
    facts = [receipt, Fact("assessment", date(2026, 11, 16))]
    law = load_law("standards-2012")

    counted = deadline(law.edition, "dynamic-score-to-doj", facts, law.calendars)

    told = counted.explanation.as_json()
    assert told["citation"] == "Board standards page; Penal Code 290.09(b)(2), before 2025-01-01"
    assert "edition standards-2012 is the one in force by its setting" in str(told["note"])


def test_the_default_edition_gives_notice_of_the_later_law() -> None:
    law = load_law("standards-2012")

    assert law.edition.notice is not None
    assert "assessments from 2025-01-01" in law.edition.notice
    assert "state-offices" in law.calendars


def test_the_later_edition_says_that_its_choice_of_regime_is_an_inference() -> None:
    edition = load_edition("sb-1473")

    changed = ("share-score", "dynamic-score-to-doj", "violence-score-to-doj")
    later = [edition.rule(name).regimes[-1] for name in changed]
    assert all(regime.note == AN_INFERENCE for regime in later)
    assert all(regime.span.effective_from == date(2025, 1, 1) for regime in later)
    assert all((regime.owners, regime.length) == (("provider",), 30) for regime in later)
    assert AN_INFERENCE in (edition.notice or "")


def test_a_deficiency_found_later_pauses_the_processing_clock_by_policy() -> None:
    (regime,) = load_edition("standards-2012").rule("decide-application").regimes

    assert (regime.length, regime.pause, regime.configured) == (45, PausePolicy.PAUSE, False)
    assert "this system's policy" in (regime.note or "")
