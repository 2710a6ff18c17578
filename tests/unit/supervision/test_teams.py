"""A team is formed of certified members, or refused with every piece that is missing."""

from datetime import date
from uuid import UUID

import pytest

from shared.errors import ConflictError, InvalidInputError, RuleBrokenError
from shared.law.validity import Validity
from supervision.domain.teams import Members, TeamCredentials, check_team

PROVIDER, PROGRAM, EXAMINER = (UUID(int=number) for number in (1, 2, 3))
MEMBERS = Members(PROVIDER, PROGRAM, EXAMINER)
DAY = date(2026, 11, 23)
VALID = [Validity(date(2026, 1, 1), date(2028, 1, 1))]
WHOLE = TeamCredentials(provider=VALID, program=VALID, examiner=VALID, provider_in_program=VALID)


def form(known: TeamCredentials = WHOLE, on: date = DAY, at_work_since: date | None = None) -> None:
    check_team(MEMBERS, known, on, at_work_since=at_work_since, today=DAY)


def test_a_team_of_certified_members_is_formed() -> None:
    form()


def test_a_team_may_take_over_on_the_day_of_the_one_before() -> None:
    form(at_work_since=DAY)


def test_a_team_without_any_credential_is_refused_with_all_three_pieces() -> None:
    with pytest.raises(RuleBrokenError) as refusal:
        form(TeamCredentials([], [], [], VALID))

    assert [fault.field for fault in refusal.value.faults] == [
        "provider_id",
        "program_id",
        "examiner_id",
    ]
    assert refusal.value.faults[0].message == (
        f"provider {PROVIDER} has no certification on 2026-11-23: none is recorded"
    )
    assert refusal.value.rule == "certified-team"


def test_a_lapsed_certification_is_named_with_the_day_it_ended() -> None:
    lapsed = [
        Validity(date(2022, 1, 1), date(2024, 1, 1)),
        Validity(date(2024, 1, 1), date(2026, 11, 23)),
    ]

    with pytest.raises(RuleBrokenError) as refusal:
        form(TeamCredentials(lapsed, VALID, VALID, VALID))

    (fault,) = refusal.value.faults
    assert fault.message.endswith("on 2026-11-23: none since 2026-11-23")


@pytest.mark.parametrize(
    ("linked", "when"),
    [
        ([], "no link is recorded"),
        ([Validity(date(2026, 1, 1), DAY)], "no link since 2026-11-23"),
        ([Validity(date(2026, 11, 24), date.max)], "no link before 2026-11-24"),
    ],
)
def test_a_provider_who_does_not_work_in_the_program_that_day_is_refused(
    linked: list[Validity], when: str
) -> None:
    with pytest.raises(RuleBrokenError) as refusal:
        form(TeamCredentials(VALID, VALID, VALID, linked))

    (fault,) = refusal.value.faults
    assert fault.field == "program_id"
    assert fault.message == (
        f"provider {PROVIDER} does not work in program {PROGRAM} on 2026-11-23: {when}"
    )


def test_a_standing_still_to_come_is_named_with_the_day_it_begins() -> None:
    coming = [Validity(date(2026, 12, 1), date(2028, 12, 1))]

    with pytest.raises(RuleBrokenError, match="none before 2026-12-01") as refusal:
        form(TeamCredentials(VALID, VALID, coming, VALID))

    assert [fault.field for fault in refusal.value.faults] == ["examiner_id"]


def test_a_certification_holds_on_its_first_day_and_not_on_its_last() -> None:
    holding = Validity(DAY, date(2028, 11, 23))

    assert holding.holds(DAY)
    assert not holding.holds(date(2028, 11, 23))


def test_a_team_before_the_one_at_work_is_refused() -> None:
    with pytest.raises(ConflictError, match="cannot begin before the current team"):
        form(on=date(2026, 11, 22), at_work_since=DAY)


def test_a_team_is_formed_a_year_ahead_at_the_most() -> None:
    form(on=date(2027, 11, 24))

    with pytest.raises(InvalidInputError) as refusal:
        form(on=date(2027, 11, 25))

    assert refusal.value.code == "team-too-far-ahead"
    assert refusal.value.faults[0].field == "effective_from"
