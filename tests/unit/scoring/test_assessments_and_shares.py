"""The moves of an assessment, and giving a score to the officer."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from scoring.domain.assessments import (
    Assessment,
    AssessmentMove,
    AssessmentReason,
    AssessmentState,
    Scorer,
    authority_to_see,
    check_day_of_scoring,
    finalized,
    moved,
)
from scoring.domain.cases import Case, Supervision
from scoring.domain.eligibility import NotEligibleError, ProviderStanding
from scoring.domain.instrument_files import load_instruments
from scoring.domain.scores import Entered, score
from scoring.domain.shares import shared
from shared.errors import ConflictError, InvalidInputError, NotFoundError, RuleBrokenError
from shared.law.validity import Validity
from shared.security.principals import Actor, Role
from unit.relation import happening, written

TABLE = Path(__file__).with_name("assessment_moves.csv")
DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
SRA_FV = load_instruments().on("sra-fv", DAY)
STATIC_99R = load_instruments().on("static-99r", DAY)
HELD = [Validity(date(2025, 1, 1), date(2027, 1, 1))]
ENTERED = Entered(dict.fromkeys([item.code for item in SRA_FV.items], 1), level="moderate")
DRAFT = Assessment(
    id=UUID(int=1),
    version=1,
    revision=1,
    state=AssessmentState.DRAFT,
    case_id=UUID(int=2),
    instrument="sra-fv",
    instrument_version="1",
    reason=AssessmentReason.INITIAL,
    assessed_on=DAY,
    scorer=Scorer(UUID(int=3), "sacramento-probation", UUID(int=4)),
    entered=ENTERED,
    score=score(SRA_FV, ENTERED),
    drafted_at=NOW,
    finalized_at=None,
)
FINALIZED = replace(DRAFT, state=AssessmentState.FINALIZED, revision=2, finalized_at=NOW)
CASE = Case(
    UUID(int=2), "probation", Supervision("sacramento-probation", "north", UUID(int=5)), None
)


def test_a_draft_by_an_eligible_scorer_is_frozen() -> None:
    result = finalized(DRAFT, SRA_FV, ProviderStanding(HELD, HELD, HELD, HELD), NOW)

    assert result == FINALIZED


def test_a_draft_by_a_lapsed_scorer_is_not_frozen() -> None:
    with pytest.raises(NotEligibleError):
        finalized(DRAFT, SRA_FV, ProviderStanding([], HELD, HELD, HELD), NOW)


def test_a_finalized_assessment_is_not_finalized_again() -> None:
    with pytest.raises(ConflictError, match="finalized does not allow the action finalize"):
        finalized(FINALIZED, SRA_FV, ProviderStanding(HELD, HELD, HELD, HELD), NOW)


def test_every_move_leads_where_the_table_beside_says_and_every_other_is_refused() -> None:
    def after(move: str, before: str) -> str:
        return moved(replace(DRAFT, state=AssessmentState(before)), AssessmentMove(move))

    happens = happening(AssessmentMove, AssessmentState, after, "assessment-state")

    assert happens == written(TABLE)


def test_a_day_that_has_not_come_cannot_be_a_day_of_scoring() -> None:
    check_day_of_scoring(DAY, today=DAY)

    with pytest.raises(InvalidInputError, match="must not be in the future") as refused:
        check_day_of_scoring(date(2026, 11, 21), today=DAY)

    assert refused.value.code == "assessed-in-the-future"


def test_a_finalized_score_goes_to_the_officer_of_the_case() -> None:
    share = shared(UUID(int=9), FINALIZED, SRA_FV, CASE, None, NOW)

    assert (share.officer_id, share.agency, share.unit) == (
        UUID(int=5),
        "sacramento-probation",
        "north",
    )
    assert share.receipt is None


def test_one_version_is_shared_once() -> None:
    before = shared(UUID(int=9), FINALIZED, SRA_FV, CASE, None, NOW)

    with pytest.raises(ConflictError, match="version 1 of this assessment was already shared"):
        shared(UUID(int=10), FINALIZED, SRA_FV, CASE, before, NOW)


def test_a_score_of_the_agencys_own_is_not_shared() -> None:
    with pytest.raises(RuleBrokenError, match="is not shared"):
        shared(UUID(int=9), FINALIZED, STATIC_99R, CASE, None, NOW)


AUDITOR = Actor(str(UUID(int=8)), frozenset({Role.AUDITOR}))
OFFICER = Actor(str(UUID(int=5)), frozenset({Role.OFFICER}), "sacramento-probation")
SCORER = Actor(str(UUID(int=7)), frozenset({Role.PROVIDER}), provider=UUID(int=3))


@pytest.mark.parametrize(
    ("assessment", "viewer", "authority"),
    [
        (DRAFT, SCORER, "scorer"),
        (DRAFT, AUDITOR, "auditor"),
        (DRAFT, OFFICER, None),
        (FINALIZED, OFFICER, "team-member"),
        (FINALIZED, AUDITOR, "auditor"),
        (FINALIZED, SCORER, None),
    ],
)
def test_a_draft_is_its_scorers_and_a_finalized_score_the_teams(
    assessment: Assessment, viewer: Actor, authority: str | None
) -> None:
    assert authority_to_see(assessment, CASE, viewer) == authority


def test_asking_for_an_instrument_that_is_not_there_finds_nothing() -> None:
    with pytest.raises(NotFoundError):
        load_instruments().known("tea-leaves", DAY)

    assert load_instruments().known("sra-fv", DAY) is SRA_FV
