"""What holds when, after changes from a day on and corrections of what was recorded wrongly."""

from datetime import UTC, date, datetime

import pytest

from certification.domain.amendments import (
    Amended,
    Amendment,
    Period,
    Proposal,
    amended_from,
    periods_of,
    told_on,
)
from shared.errors import ConflictError, InvalidInputError
from shared.identifiers import new_id

FIRST, MAY, JUNE = {"name": "Ana"}, date(2026, 5, 1), date(2026, 6, 1)
TODAY = date(2026, 11, 20)


def _amendment(former: str, now: str, effective_from: date | None = None) -> Amendment:
    return Amendment(
        id=new_id(),
        amended=Amended.NAME,
        holder_id=new_id(),
        certification_id=None,
        former={"name": former},
        now={"name": now},
        effective_from=effective_from,
        reasons=(),
        recorded_at=datetime(2026, 6, 2, tzinfo=UTC),
        recorded_by="somebody",
    )


def test_what_was_never_amended_holds_on_every_day() -> None:
    assert periods_of(FIRST, []) == (Period(FIRST),)


def test_a_day_before_a_change_keeps_what_it_had() -> None:
    periods = periods_of({"name": "Bea"}, [_amendment("Ana", "Bea", MAY)])

    assert periods == (Period(FIRST, None, MAY), Period({"name": "Bea"}, MAY))
    assert told_on(periods, date(2026, 4, 30)) == FIRST
    assert told_on(periods, MAY) == {"name": "Bea"}


def test_a_correction_replaces_what_is_on_record_and_nothing_before_it() -> None:
    periods = periods_of({"name": "Bee"}, [_amendment("Ana", "Bea", MAY), _amendment("Bea", "Bee")])

    assert periods == (Period(FIRST, None, MAY), Period({"name": "Bee"}, MAY))


def test_a_correction_of_the_first_is_as_if_it_had_always_been_there() -> None:
    assert periods_of({"name": "Anna"}, [_amendment("Ana", "Anna")]) == (Period({"name": "Anna"}),)


def test_a_second_change_for_the_same_day_replaces_the_first() -> None:
    changes = [_amendment("Ana", "Bea", MAY), _amendment("Bea", "Cleo", MAY)]

    assert periods_of({"name": "Cleo"}, changes) == (
        Period(FIRST, None, MAY),
        Period({"name": "Cleo"}, MAY),
    )


@pytest.mark.parametrize(
    ("proposal", "begins"),
    [
        (Proposal({"name": "Cleo"}), TODAY),
        (Proposal({"name": "Cleo"}, effective_from=MAY), MAY),
        (Proposal({"name": "Cleo"}, is_correction=True), None),
    ],
)
def test_a_change_begins_today_or_on_its_day_and_a_correction_on_none(
    proposal: Proposal, begins: date | None
) -> None:
    periods = periods_of({"name": "Bea"}, [_amendment("Ana", "Bea", MAY)])

    assert amended_from(proposal, periods, TODAY) == begins


def test_a_change_is_recorded_once_it_holds() -> None:
    with pytest.raises(InvalidInputError, match="must not be recorded before its first day"):
        amended_from(
            Proposal({"name": "Cleo"}, effective_from=date(2026, 11, 21)), [Period(FIRST)], TODAY
        )


@pytest.mark.parametrize(
    ("proposal", "code"),
    [
        (Proposal({"name": "Cleo"}, effective_from=MAY), "amended-later"),
        (Proposal({"name": "Bea"}), "nothing-amended"),
    ],
)
def test_a_change_does_not_begin_before_the_latest_one_and_changes_something(
    proposal: Proposal, code: str
) -> None:
    periods = periods_of({"name": "Bea"}, [_amendment("Ana", "Bea", JUNE)])

    with pytest.raises(ConflictError) as refused:
        amended_from(proposal, periods, TODAY)

    assert refused.value.code == code
