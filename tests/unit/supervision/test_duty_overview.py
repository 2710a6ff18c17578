"""Overdue by the instant, thirty days ahead, spans of due dates, and whose ledger it is."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from shared.clock import end_of_day
from shared.errors import InvalidInputError
from shared.law.duty.duties import DutyState
from supervision.domain.duty_counts import DutyCounts, days_ahead
from supervision.domain.owed_duties import Ledger, OwedDuty, ledger_of
from supervision.domain.timeliness import Timeliness, check_span

DUE_ON = date(2026, 11, 27)
MIDNIGHT = end_of_day(DUE_ON)
INSTANT = timedelta(microseconds=1)


def duty(state: DutyState) -> OwedDuty:
    return OwedDuty(
        id=UUID(int=1),
        ledger=Ledger.SCORING,
        rule="share-score",
        regime="thirty-days",
        about_kind="assessment",
        about_id=UUID(int=2),
        case=None,
        owner_role="provider",
        owner_agency=None,
        owner_person=None,
        started_on=date(2026, 10, 28),
        due_on=DUE_ON,
        due_at=MIDNIGHT,
        state=state,
        met_on=None,
    )


@pytest.mark.parametrize("state", [DutyState.OPEN, DutyState.REOPENED])
def test_a_running_clock_is_overdue_when_its_due_day_has_ended(state: DutyState) -> None:
    assert not duty(state).is_overdue(MIDNIGHT - INSTANT)
    assert duty(state).is_overdue(MIDNIGHT)


@pytest.mark.parametrize(
    "state", [DutyState.PAUSED, DutyState.MET, DutyState.MET_LATE, DutyState.CANCELED]
)
def test_what_stands_still_or_is_done_is_never_overdue(state: DutyState) -> None:
    assert not duty(state).is_overdue(MIDNIGHT + timedelta(days=1))


def test_thirty_days_ahead_begin_with_today_and_cross_months_and_leap_days() -> None:
    days = days_ahead(date(2028, 2, 15))

    assert (days[0], days[14], days[15], days[-1]) == (
        date(2028, 2, 15),
        date(2028, 2, 29),
        date(2028, 3, 1),
        date(2028, 3, 15),
    )
    assert len(set(days)) == 30


def test_what_is_unmet_is_the_sum_of_what_is_counted() -> None:
    by_day = {date(2026, 11, 27): 2, date(2026, 11, 28): 0, date(2026, 11, 29): 3}

    assert DutyCounts(overdue=1, paused=4, by_day=by_day, later=7).unmet == 17


def test_what_was_owed_is_all_but_the_canceled() -> None:
    figures = Timeliness(
        "Alpine",
        "share-score",
        4,
        1,
        2,
        3,
        9,
        counts_toward_a_day=False,
        median_days=4.0,
        percentile_90_days=15.2,
    )

    assert figures.owed == 10


@pytest.mark.parametrize("until", [date(2026, 11, 26), DUE_ON])
def test_a_span_that_holds_no_day_is_refused(until: date) -> None:
    with pytest.raises(InvalidInputError, match="`until` must be after `from`") as refused:
        check_span(DUE_ON, until)

    assert refused.value.code == "impossible-span"


def test_a_span_of_one_day_is_a_span() -> None:
    check_span(DUE_ON, DUE_ON + timedelta(days=1))


@pytest.mark.parametrize("ledger", Ledger)
def test_the_ledger_is_named_in_front_of_the_type(ledger: Ledger) -> None:
    assert ledger_of(f"{ledger}.duty.opened") is ledger


def test_a_type_of_no_ledger_is_refused() -> None:
    with pytest.raises(ValueError, match="shared"):
        ledger_of("shared.duty.opened")
