"""Who owes DOJ a score is read from the edition in force and the facts that have happened."""

from datetime import date

import pytest

from doj_gateway.domain.obligations import Obligation, Sides, obligation
from doj_gateway.domain.scores import Assessment
from shared.law.counting.facts import Fact
from shared.law.duty.duties import Owner
from shared.law.reading.rulebook import load_edition
from unit.doj_gateway.gateway_examples import (
    ASSESSED_ON,
    ASSESSMENT,
    CASE,
    NOW,
    OFFICER,
    PROGRAM,
    PROVIDER,
    SIDES,
)

STANDARDS, SB_1473 = load_edition("standards-2012"), load_edition("sb-1473")
ASSESSED = Fact("assessment", ASSESSED_ON)
ASSESSED_BEFORE = Fact("assessment", date(2024, 12, 20))
RECEIVED = Fact("receipt", NOW)
THE_OFFICER = Owner("officer", "sacramento-probation", OFFICER)
THE_PROVIDER = Owner("provider", str(PROGRAM), PROVIDER)


def test_under_the_standards_nothing_is_owed_before_the_receipt() -> None:
    assert obligation(STANDARDS, "sra-fv", [ASSESSED], SIDES) is None


def test_under_the_standards_the_receipt_makes_the_officer_owe_the_dynamic_score() -> None:
    owed = obligation(STANDARDS, "sra-fv", [ASSESSED, RECEIVED], SIDES)

    assert owed == Obligation("dynamic-score-to-doj", THE_OFFICER)


@pytest.mark.parametrize("facts", [[ASSESSED], [ASSESSED, RECEIVED]])
def test_under_the_standards_nobody_owes_the_violence_score(facts: list[Fact]) -> None:
    assert obligation(STANDARDS, "ls-cmi", facts, SIDES) is None


@pytest.mark.parametrize(
    ("instrument", "rule"),
    [("sra-fv", "dynamic-score-to-doj"), ("ls-cmi", "violence-score-to-doj")],
)
def test_under_the_later_law_the_provider_owes_both_from_the_assessment(
    instrument: str, rule: str
) -> None:
    assert obligation(SB_1473, instrument, [ASSESSED], SIDES) == Obligation(rule, THE_PROVIDER)


def test_under_the_later_law_an_assessment_of_2024_is_owed_by_the_officer_from_receipt() -> None:
    before_receipt = obligation(SB_1473, "sra-fv", [ASSESSED_BEFORE], SIDES)
    after_receipt = obligation(SB_1473, "sra-fv", [ASSESSED_BEFORE, RECEIVED], SIDES)

    assert before_receipt is None
    assert after_receipt == Obligation("dynamic-score-to-doj", THE_OFFICER)


def test_no_duty_toward_doj_is_known_for_the_static_tool() -> None:
    assert obligation(STANDARDS, "static-99r", [ASSESSED, RECEIVED], SIDES) is None


def test_a_provider_without_a_program_owes_it_alone() -> None:
    sides = Sides("sacramento-probation", OFFICER, PROVIDER, None)

    owed = obligation(SB_1473, "sra-fv", [ASSESSED], sides)

    assert owed == Obligation("dynamic-score-to-doj", Owner("provider", None, PROVIDER))


def test_the_sides_of_an_assessment_are_its_agency_and_its_scorer() -> None:
    assessment = Assessment(
        *(ASSESSMENT, 1, CASE, "sra-fv", ASSESSED_ON, PROVIDER, PROGRAM, "sacramento-probation")
    )

    assert assessment.sides(OFFICER) == SIDES
