"""What the register says of a holder on a day, however many certifications the number has had."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certification.domain.applications import Level
from certification.domain.register import entry_on, refuse_future, steps_of
from certification.domain.standings import Status
from shared.errors import InvalidInputError
from unit.certification.register_examples import Life, holder

FIRST = Life("2024-11-20", "2026-11-20")
IN_TIME = Life("2026-11-20", "2028-11-20")
LATE = Life("2027-01-15", "2029-01-15")
UPGRADE = Life("2025-06-01", "2027-06-01", level=Level.INDEPENDENT)
RISEN = Life("2024-11-20", "2026-11-20", [("upgraded", "2025-06-01")])
SUSPENDED = Life("2024-11-20", "2026-11-20", [("suspended", "2025-03-01")])
BACK = Life("2024-11-20", "2026-11-20", [("suspended", "2025-03-01"), ("reinstated", "2025-05-01")])
REVOKED = Life("2024-11-20", "2026-11-20", [("revoked", "2025-03-01")])
VOIDED = Life("2024-11-20", "2026-11-20", [("voided", "2024-12-01")])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("lives", "day", "status", "since", "certified_since", "until"),
    [
        ([FIRST], "2024-11-19", "not-yet-certified", None, None, None),
        ([FIRST], "2024-11-20", "certified", "2024-11-20", "2024-11-20", "2026-11-20"),
        ([FIRST], "2026-11-19", "certified", "2024-11-20", "2024-11-20", "2026-11-20"),
        ([FIRST], "2026-11-20", "expired", "2026-11-20", None, None),
        ([FIRST, IN_TIME], "2026-11-19", "certified", "2024-11-20", "2024-11-20", "2028-11-20"),
        ([FIRST, IN_TIME], "2026-11-20", "certified", "2024-11-20", "2024-11-20", "2028-11-20"),
        ([FIRST, IN_TIME], "2028-11-20", "expired", "2028-11-20", None, None),
        ([FIRST, LATE], "2026-11-20", "expired", "2026-11-20", None, None),
        ([FIRST, LATE], "2027-01-14", "expired", "2026-11-20", None, None),
        ([FIRST, LATE], "2027-01-15", "certified", "2027-01-15", "2027-01-15", "2029-01-15"),
        ([RISEN, UPGRADE], "2026-01-01", "certified", "2024-11-20", "2024-11-20", "2027-06-01"),
        ([SUSPENDED], "2025-02-28", "certified", "2024-11-20", "2024-11-20", "2026-11-20"),
        ([SUSPENDED], "2025-03-01", "suspended", "2025-03-01", "2024-11-20", "2026-11-20"),
        ([SUSPENDED], "2026-11-20", "expired", "2026-11-20", None, None),
        ([BACK], "2025-05-01", "certified", "2025-05-01", "2024-11-20", "2026-11-20"),
        ([REVOKED], "2025-02-28", "certified", "2024-11-20", "2024-11-20", "2025-03-01"),
        ([REVOKED], "2026-12-31", "revoked", "2025-03-01", None, None),
        ([REVOKED, LATE], "2027-01-15", "certified", "2027-01-15", "2027-01-15", "2029-01-15"),
        ([REVOKED, LATE], "2029-01-15", "expired", "2029-01-15", None, None),
        ([VOIDED], "2025-01-01", "voided", "2024-11-20", None, None),
        ([VOIDED, REVOKED], "2025-03-01", "revoked", "2025-03-01", None, None),
    ],
)
def test_a_holder_stands_on_a_day_as_its_certifications_together_say(
    lives: list[Life],
    day: str,
    status: str,
    since: str | None,
    certified_since: str | None,
    until: str | None,
) -> None:
    entry = entry_on(holder(*lives), date.fromisoformat(day))

    assert entry.status == status
    assert (entry.since, entry.certified_since) == (_day(since), _day(certified_since))
    assert entry.effective_until == _day(until)


@pytest.mark.parametrize(
    ("lives", "day", "status", "on"),
    [
        ([FIRST], "2024-11-19", "certified", "2024-11-20"),
        ([FIRST], "2024-11-20", "expired", "2026-11-20"),
        ([FIRST, LATE], "2024-11-20", "expired", "2026-11-20"),
        ([FIRST, LATE], "2026-12-24", "certified", "2027-01-15"),
        ([FIRST, IN_TIME], "2024-11-20", "expired", "2028-11-20"),
        ([BACK], "2025-03-01", "certified", "2025-05-01"),
    ],
)
def test_what_is_known_to_come_next_is_said(
    lives: list[Life], day: str, status: str, on: str
) -> None:
    entry = entry_on(holder(*lives), date.fromisoformat(day))

    assert entry.next_change is not None
    assert entry.next_change.status == status
    assert entry.next_change.effective_from == date.fromisoformat(on)


def test_after_the_last_change_nothing_is_known_to_come() -> None:
    assert entry_on(holder(REVOKED), date(2026, 1, 1)).next_change is None


def test_a_rise_to_another_level_is_a_change_and_no_break() -> None:
    before = entry_on(holder(RISEN, UPGRADE), date(2025, 5, 31))
    after = entry_on(holder(RISEN, UPGRADE), date(2025, 6, 1))

    assert (before.level, after.level) == (Level.ASSOCIATE, Level.INDEPENDENT)
    assert before.next_change is not None
    assert before.next_change.level is Level.INDEPENDENT
    assert before.next_change.effective_from == date(2025, 6, 1)
    assert before.since == after.since == date(2024, 11, 20)


def test_a_renewal_in_time_leaves_one_step() -> None:
    (certified, expired) = steps_of(holder(FIRST, IN_TIME))

    assert certified.status is Status.CERTIFIED
    assert certified.effective_until == expired.effective_from == date(2028, 11, 20)
    assert expired.effective_until is None


@pytest.mark.parametrize("lives", [[FIRST, LATE], [LATE, FIRST]])
def test_in_which_order_certifications_are_read_does_not_matter(lives: list[Life]) -> None:
    statuses = [step.status.value for step in steps_of(holder(*lives))]

    assert statuses == ["certified", "expired", "certified", "expired"]


def test_a_day_to_come_is_refused_by_name() -> None:
    with pytest.raises(InvalidInputError) as refused:
        refuse_future(date(2026, 11, 21), today=date(2026, 11, 20))

    assert refused.value.code == "as-of-in-future"


def test_today_is_answered_for() -> None:
    refuse_future(date(2026, 11, 20), today=date(2026, 11, 20))


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
TERMS = st.tuples(DAYS, DAYS).filter(lambda term: term[0] < term[1])
LIVES = st.builds(
    lambda term, happened: Life(
        term[0].isoformat(),
        term[1].isoformat(),
        [(change, max(day, term[0]).isoformat()) for change, day in happened],
    ),
    TERMS,
    st.lists(
        st.tuples(st.sampled_from(["suspended", "reinstated", "revoked", "surrendered"]), DAYS),
        max_size=3,
    ),
)


@given(st.lists(LIVES, min_size=1, max_size=4), DAYS)
def test_steps_follow_one_another_without_gap_and_the_days_entry_is_one_of_them(
    lives: list[Life], day: date
) -> None:
    held = holder(*lives)

    steps, entry = steps_of(held), entry_on(held, day)

    ends = [step.effective_until for step in steps]
    assert ends == [*(step.effective_from for step in steps[1:]), None]
    (of_the_day,) = [
        step
        for step in (*steps, None)
        if step is None or step.effective_from <= day < (step.effective_until or date.max)
    ][:1]
    expected = of_the_day.status if of_the_day else Status.NOT_YET_CERTIFIED
    assert entry.status is expected
    assert any(each.standing.covers(day) for each in held.held) == (of_the_day is not None)
