"""What a proposed law would do to one duty, and what is still to be done before it is in force."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shared.errors import ConflictError
from shared.law.counting.deadlines import deadline
from shared.law.counting.facts import Fact
from shared.law.counting.rules import NoDutyError
from shared.law.in_force import load_law
from shared.law.reading.rulebook import load_edition
from shared.law.rehearsal.outcomes import Effect, RehearsalOutcome, Standpoint, count, outcome
from shared.law.rehearsal.proposals import NewEdition, OpenDuty
from shared.law.rehearsal.proposing import caution

LAW = load_law("standards-2012")
SEND = "dynamic-score-to-doj"
RECEIVED = (Fact("receipt", date(2026, 11, 20)), Fact("assessment", date(2026, 11, 16)))
STANDS = Standpoint(
    due_on=date(2026, 11, 30),
    due_at=datetime(2026, 12, 1, 8, tzinfo=UTC),
    regime="a regime",
    rule_text="a text",
    owner_role="officer",
    is_paused=False,
)


def test_what_nobody_would_owe_ends_and_says_why() -> None:
    found = outcome(NoDutyError("nobody owes this", code="no-duty"), STANDS)

    assert found == RehearsalOutcome(Effect.ENDED, reason="nobody owes this")


def test_what_cannot_be_counted_is_left_alone_and_says_why() -> None:
    refused = count(
        NewEdition(LAW.edition, LAW.calendars),
        OpenDuty(SEND, LAW.edition.hash, (), (), None),
    )
    another = ConflictError("a clock that stands", code="x")

    assert isinstance(refused, Exception)
    assert outcome(another, STANDS) == RehearsalOutcome(
        Effect.LEFT_ALONE, reason="a clock that stands"
    )


def test_another_owner_by_the_same_date_is_a_move() -> None:
    counted = deadline(LAW.edition, SEND, RECEIVED, LAW.calendars)
    stands = replace(STANDS, due_on=counted.due_on, due_at=counted.due_at, owner_role="provider")

    assert outcome(counted, stands).effect is Effect.MOVED


@pytest.mark.parametrize(
    ("proposal", "to_do"),
    [
        (NewEdition(LAW.edition, LAW.calendars), None),
        (NewEdition(load_edition("sb-1473"), LAW.calendars), "CASOMB_RULEBOOK_EDITION"),
        (NewEdition(replace(LAW.edition, title="Another"), LAW.calendars), "CASOMB_LAW_FOLDER"),
    ],
    ids=["in force", "another edition", "another content"],
)
def test_what_is_still_to_be_done_before_a_law_is_in_force_is_said(
    proposal: NewEdition, to_do: str | None
) -> None:
    said = caution(LAW, proposal)

    assert (said is None) is (to_do is None)
    assert (to_do or "") in (said or "")
