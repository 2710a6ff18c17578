"""Decisions, what a grant brings into being, and what a verdict must hold."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from certification.domain.application_moves import ApplicationState
from certification.domain.applications import Application, Kind, Level, LiveScan
from certification.domain.certifications import certification_number, granted
from certification.domain.decisions import Decision, Outcome, Verdict, decide
from certification.domain.terms import Term
from shared.errors import ConflictError, InvalidInputError
from shared.identifiers import new_id

NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
APPLICATION = Application(
    id=new_id(),
    kind=Kind.PROVIDER,
    holder_id=new_id(),
    applicant_id=new_id(),
    name="A Provider",
    level=Level.ASSOCIATE,
    client_band=None,
    place=None,
    checklist="provider-associate-2011",
    state=ApplicationState.COMPLETE,
    received_on=date(2026, 10, 1),
    completed_at=datetime(2026, 11, 1, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict(Outcome.GRANTED),
        Verdict(Outcome.GRANTED, reasons=("meets every requirement",)),
        Verdict(Outcome.GRANTED, effective_on=TODAY),
        Verdict(Outcome.GRANTED_WITH_CONDITIONS, conditions=("a log each quarter",)),
        Verdict(Outcome.DENIED, reasons=("the license is suspended",)),
    ],
)
def test_a_verdict_that_holds_together_decides_the_application(verdict: Verdict) -> None:
    decided = decide(APPLICATION, verdict, NOW)

    assert (decided.state, decided.decided_on) == (ApplicationState.DECIDED, TODAY)


@pytest.mark.parametrize(
    ("verdict", "fields"),
    [
        (Verdict(Outcome.DENIED), ["reasons"]),
        (Verdict(Outcome.DENIED, ("why",), ("a condition",)), ["conditions"]),
        (Verdict(Outcome.DENIED, ("why",), effective_on=TODAY), ["effective_on"]),
        (Verdict(Outcome.GRANTED, conditions=("a condition",)), ["conditions"]),
        (Verdict(Outcome.GRANTED_WITH_CONDITIONS), ["conditions"]),
        (Verdict(Outcome.GRANTED, effective_on=date(2026, 11, 19)), ["effective_on"]),
    ],
)
def test_a_verdict_at_odds_with_itself_is_refused_by_its_fields(
    verdict: Verdict, fields: list[str]
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        decide(APPLICATION, verdict, NOW)

    assert refused.value.code == "verdict-at-odds"
    assert [fault.field for fault in refused.value.faults] == fields


def test_an_application_that_is_not_complete_is_not_decided() -> None:
    with pytest.raises(ConflictError, match="submitted"):
        decide(
            replace(APPLICATION, state=ApplicationState.SUBMITTED), Verdict(Outcome.GRANTED), NOW
        )


def test_only_a_denial_is_no_grant() -> None:
    grants = {outcome for outcome in Outcome if Verdict(outcome).is_grant}

    assert grants == {Outcome.GRANTED, Outcome.GRANTED_WITH_CONDITIONS}


@pytest.mark.parametrize(
    ("kind", "number"), [(Kind.PROGRAM, "PRG-000001"), (Kind.PROVIDER, "PRV-000001")]
)
def test_a_number_says_what_is_certified(kind: Kind, number: str) -> None:
    assert certification_number(kind, 1) == number


def test_a_grant_certifies_at_the_level_granted_for_its_term() -> None:
    decision = Decision(
        id=new_id(),
        application_id=APPLICATION.id,
        outcome=Outcome.GRANTED,
        reasons=(),
        conditions=(),
        decided_on=TODAY,
        decided_at=NOW,
        decided_by="a reviewer",
        inputs={},
        level=Level.STUDENT,
    )
    term = Term(Kind.PROVIDER, Level.STUDENT, date(2011, 8, 1), 12, "page", is_configured=False)

    certification = granted(
        new_id(),
        APPLICATION,
        decision,
        number="PRV-000001",
        effective_from=date(2026, 12, 1),
        term=term,
    )

    assert certification.holder_id == APPLICATION.holder_id
    assert certification.level is Level.STUDENT
    assert certification.effective_until == date(2027, 12, 1)


@pytest.mark.parametrize(
    ("level", "applied_for"),
    [(Level.INDEPENDENT, Level.ASSOCIATE), (Level.ASSOCIATE, None)],
)
def test_a_grant_at_a_level_nobody_applied_for_is_refused(
    level: Level, applied_for: Level | None
) -> None:
    application = replace(APPLICATION, level=applied_for)

    with pytest.raises(InvalidInputError) as refused:
        decide(application, Verdict(Outcome.GRANTED, level=level), NOW)

    assert [fault.field for fault in refused.value.faults] == ["level"]


def test_nothing_is_granted_while_the_fingerprint_check_is_on_hold() -> None:
    held = replace(APPLICATION, live_scan=LiveScan.HOLD)

    with pytest.raises(ConflictError) as refused:
        decide(held, Verdict(Outcome.GRANTED), NOW)

    assert refused.value.code == "live-scan-hold"
    assert decide(held, Verdict(Outcome.DENIED, ("why",)), NOW).state is ApplicationState.DECIDED
