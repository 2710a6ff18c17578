"""How many checks for completeness will be late, counted by hand: two a working day."""

from datetime import date, timedelta

from certification.domain.forecast.horizon import Horizon
from certification.domain.forecast.screening import screening_outlook

MONDAY = date(2026, 11, 30)
WEEK = Horizon(MONDAY, tuple(MONDAY + timedelta(days=number) for number in range(5)))
TUESDAY, FRIDAY = date(2026, 12, 1), date(2026, 12, 4)


def test_what_the_pace_reaches_before_its_day_is_in_time_and_the_rest_is_late() -> None:
    due = [TUESDAY] * 5 + [FRIDAY] * 4

    outlook = screening_outlook(due, screened=20, working_days=10, horizon=WEEK)

    assert (outlook.waiting, outlook.overdue, outlook.per_working_day) == (9, 0, 2.0)
    assert outlook.late_at_pace == 1


def test_what_is_overdue_is_checked_first_and_counts_as_late() -> None:
    due = [MONDAY - timedelta(days=1), MONDAY, MONDAY]

    outlook = screening_outlook(due, screened=20, working_days=10, horizon=WEEK)

    assert (outlook.overdue, outlook.late_at_pace) == (1, 2)


def test_with_too_few_days_observed_nothing_is_said_of_the_days_to_come() -> None:
    outlook = screening_outlook([MONDAY], screened=9, working_days=9, horizon=WEEK)

    assert (outlook.waiting, outlook.per_working_day, outlook.late_at_pace) == (1, None, None)
