"""How a certification stands from day to day, derived from what happened to it."""

from dataclasses import dataclass
from datetime import date

import pytest

from certification.domain.certification_changes import Change, refuse_change
from certification.domain.standings import (
    Standing,
    Status,
    certified_since,
    standing_on,
    standings_of,
)
from shared.errors import ConflictError, InvalidInputError
from shared.law.validity import Validity

FROM, UNTIL = date(2026, 1, 1), date(2028, 1, 1)
JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


@dataclass(frozen=True)
class Happened:
    """What a standing is derived from."""

    change: str
    effective_on: date
    effective_from: date = FROM
    effective_until: date = UNTIL


GRANTED = Happened("granted", FROM)


def _spans(*changes: Happened) -> list[tuple[str, date, date | None]]:
    return [
        (each.status.value, each.effective_from, each.effective_until)
        for each in standings_of([GRANTED, *changes])
    ]


def test_what_was_granted_expires_without_anybody_saying_so() -> None:
    assert _spans() == [("certified", FROM, UNTIL), ("expired", UNTIL, None)]


def test_a_suspension_stands_until_the_reinstatement() -> None:
    spans = _spans(Happened("suspended", JUNE), Happened("reinstated", JULY))

    assert spans == [
        ("certified", FROM, JUNE),
        ("suspended", JUNE, JULY),
        ("certified", JULY, UNTIL),
        ("expired", UNTIL, None),
    ]


def test_a_suspended_one_expires_at_the_end_of_its_term() -> None:
    assert _spans(Happened("suspended", JUNE))[-2:] == [
        ("suspended", JUNE, UNTIL),
        ("expired", UNTIL, None),
    ]


@pytest.mark.parametrize(
    ("change", "status"),
    [("revoked", "revoked"), ("surrendered", "surrendered"), ("upgraded", "replaced")],
)
def test_what_ends_it_stands_for_good(change: str, status: str) -> None:
    assert _spans(Happened(change, JUNE)) == [("certified", FROM, JUNE), (status, JUNE, None)]


def test_nothing_follows_what_ended_it() -> None:
    spans = _spans(Happened("revoked", JUNE), Happened("reinstated", JULY))

    assert spans == [("certified", FROM, JUNE), ("revoked", JUNE, None)]


def test_a_change_on_its_first_day_leaves_no_day_certified() -> None:
    assert _spans(Happened("revoked", FROM)) == [("revoked", FROM, None)]


def test_a_correction_moves_the_whole_term_and_keeps_the_suspension() -> None:
    later = date(2026, 3, 1)
    spans = _spans(
        Happened("suspended", JUNE),
        Happened("corrected", JULY, later, AUGUST),
    )

    assert spans == [
        ("certified", later, JUNE),
        ("suspended", JUNE, AUGUST),
        ("expired", AUGUST, None),
    ]


def test_what_was_voided_never_held() -> None:
    assert _spans(Happened("voided", JUNE)) == [("voided", FROM, None)]


def test_before_its_first_day_it_is_not_certified_yet() -> None:
    standings = standings_of([GRANTED])

    assert standing_on(standings, date(2025, 12, 31)).status is Status.NOT_YET_CERTIFIED
    assert standing_on(standings, FROM).status is Status.CERTIFIED
    assert standing_on(standings, date(2027, 12, 31)).status is Status.CERTIFIED
    assert standing_on(standings, UNTIL).status is Status.EXPIRED


@pytest.mark.parametrize(
    ("change", "happened", "code"),
    [
        (Change.REINSTATED, (), "wrong-status"),
        (Change.SUSPENDED, (Happened("suspended", JUNE),), "wrong-status"),
        (Change.SUSPENDED, (Happened("revoked", JUNE),), "wrong-status"),
        (Change.REVOKED, (Happened("surrendered", JUNE),), "wrong-status"),
        (Change.SUSPENDED, (Happened("revoked", AUGUST),), "decided-before"),
    ],
)
def test_a_change_that_its_status_does_not_allow_is_refused(
    change: Change, happened: tuple[Happened, ...], code: str
) -> None:
    standings = standings_of([GRANTED, *happened])

    with pytest.raises(ConflictError) as refused:
        refuse_change(change, standings, JULY, JULY)

    assert refused.value.code == code


@pytest.mark.parametrize("change", [Change.REVOKED, Change.SURRENDERED])
def test_what_ends_it_for_good_need_not_wait_for_what_was_decided_for_later(change: Change) -> None:
    before = (GRANTED, Happened("suspended", AUGUST))

    refuse_change(change, standings_of(before), JULY, JULY)

    assert _spans(before[1], Happened(change, JULY)) == [
        ("certified", FROM, JULY),
        (change, JULY, None),
    ]


def test_a_change_from_a_day_gone_by_is_refused() -> None:
    with pytest.raises(InvalidInputError) as refused:
        refuse_change(Change.SUSPENDED, standings_of([GRANTED]), JUNE, JULY)

    assert refused.value.code == "back-dated"


def test_a_change_that_its_status_allows_is_made_today_or_later() -> None:
    suspended = standings_of([GRANTED, Happened("suspended", JUNE)])

    refuse_change(Change.SUSPENDED, standings_of([GRANTED]), JULY, JULY)
    refuse_change(Change.REINSTATED, suspended, AUGUST, JULY)

    assert not Standing(Status.EXPIRED, UNTIL, None).is_decided_after(JULY)


@pytest.mark.parametrize(
    ("spans", "since"),
    [
        ([], []),
        ([("2020-01-01", "2022-01-01")], ["2020-01-01"]),
        ([("2020-01-01", "2022-01-01"), ("2022-01-01", "2024-01-01")], ["2020-01-01"] * 2),
        (
            [("2020-01-01", "2022-01-01"), ("2022-01-02", "2024-01-01")],
            ["2020-01-01", "2022-01-02"],
        ),
        (
            [
                ("2020-01-01", "2024-01-01"),
                ("2021-01-01", "2022-01-01"),
                ("2023-06-01", "2025-01-01"),
            ],
            ["2020-01-01"] * 3,
        ),
    ],
    ids=["none", "one", "the next day", "a day between", "the first one lasts longest"],
)
def test_who_is_certified_again_without_a_break_was_certified_since_the_first_day(
    spans: list[tuple[str, str]], since: list[str]
) -> None:
    terms = [Validity(date.fromisoformat(first), date.fromisoformat(end)) for first, end in spans]

    assert [each.isoformat() for each in certified_since(terms)] == since
