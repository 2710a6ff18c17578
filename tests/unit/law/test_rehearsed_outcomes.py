"""What a proposed law would do to one duty, and what is still to be done before it is in force."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from shared.errors import ConflictError
from shared.law.counting.calendars import Closure
from shared.law.counting.deadlines import deadline
from shared.law.counting.facts import Fact
from shared.law.counting.rules import NoDutyError
from shared.law.duty.kept_laws import LawNotKeptError
from shared.law.in_force import load_law
from shared.law.reading.rulebook import load_edition
from shared.law.rehearsal.open_duties import ListedDuty
from shared.law.rehearsal.outcomes import Effect, RehearsalOutcome, Standpoint, count, outcome
from shared.law.rehearsal.proposals import NewCalendar, NewEdition, OpenDuty, Proposal
from shared.law.rehearsal.proposing import caution
from shared.law.rehearsal.report import ListNotWrittenError, ListOfAll

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


LISTED = ListedDuty(
    UUID("019aa000-0000-7000-8000-0000000000e2"),
    "open",
    OpenDuty(SEND, LAW.edition.hash, RECEIVED, (), None),
    STANDS,
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


OFFICES = LAW.calendars["state-offices"]
COUNTY = replace(
    OFFICES,
    name="invented-county",
    extends=OFFICES.name,
    agencies=("invented-probation",),
    closures={
        **OFFICES.closures,
        date(2026, 11, 24): Closure(date(2026, 11, 24), "county fair", "invented for a test"),
    },
)
CALENDARS = {**LAW.calendars, COUNTY.name: COUNTY}


@pytest.mark.parametrize(
    "proposal",
    [
        NewEdition(LAW.edition, CALENDARS),
        NewCalendar(COUNTY.name, CALENDARS, {LAW.edition.hash: LAW.edition}),
    ],
    ids=["an edition", "a calendar"],
)
def test_a_proposal_counts_by_the_closed_days_of_the_duty_s_own_agency(proposal: Proposal) -> None:
    due = [
        proposal.count(OpenDuty(SEND, LAW.edition.hash, RECEIVED, (), agency)).due_on
        for agency in ("invented-probation", "another")
    ]

    assert due == [date(2026, 12, 2), date(2026, 12, 1)]


def test_a_duty_whose_edition_is_not_known_cannot_be_counted_with_a_new_calendar() -> None:
    proposal = NewCalendar(COUNTY.name, CALENDARS, {})

    with pytest.raises(LawNotKeptError) as refused:
        proposal.count(OpenDuty(SEND, "0123456789abcdef", RECEIVED, (), None))

    assert refused.value.code == "law-not-kept"
    assert refused.value.detail == "the edition 0123456789ab that counted it is not known here"


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


def test_a_list_that_cannot_be_written_to_its_end_says_which_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "list.csv")
    full = OSError(28, "No space left on device")

    def refuse(_: object) -> None:
        raise full

    with pytest.raises(ListNotWrittenError) as refused, ListOfAll(path) as written:
        monkeypatch.setattr(written, "_writer", SimpleNamespace(writerow=refuse))
        written.note(LISTED, RehearsalOutcome(Effect.LEFT_ALONE, reason="?"), STANDS.due_at)

    assert refused.value.code == "list-not-written"
    assert refused.value.detail == (
        f"{path} could not be written completely: No space left on device"
    )
