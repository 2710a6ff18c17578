"""What stops holding for the members of a team, from when, and what cures it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from shared.law.duty.duties import Subject
from shared.law.validity import Ending, Validity
from shared.work_items.work_items import Evidence, Opening, WorkItem, WorkItemOwner
from supervision.domain.lapses import (
    Cure,
    Holding,
    HoldingKind,
    Lapse,
    cures,
    lapse_from,
    lapses_of,
)
from supervision.domain.teams import Member, MemberRole, Members, Team

TODAY = date(2026, 11, 23)
FIRST, UNTIL = date(2026, 1, 1), date(2028, 1, 1)
FACT = UUID(int=7)
PROVIDER, PROGRAM, EXAMINER = (Member(role, uuid4()) for role in MemberRole)
CASE = UUID(int=1)


def certification(*spans: Validity) -> Holding:
    return Holding(HoldingKind.CERTIFICATION, uuid4(), spans)


def until(day: date, because: str | None = None, fact: UUID = FACT) -> Holding:
    """A certification from the first day until another, ended because of something."""
    return certification(Validity(FIRST, day, Ending(because, fact) if because else None))


def term_until(day: date, because: str) -> Holding:
    """A certification whose term is over on a day, as was told."""
    return certification(Validity(FIRST, day, Ending(because, FACT, is_of_term=True)))


def team(effective_from: date = FIRST, effective_until: date | None = None) -> Team:
    members = Members(PROVIDER.id, PROGRAM.id, EXAMINER.id)
    formed_at = datetime(2026, 1, 1, 18, tzinfo=UTC)
    return Team(uuid4(), CASE, uuid4(), members, effective_from, effective_until, formed_at)


def item(holding: Holding, because: str = "suspended", fact: UUID = FACT) -> WorkItem:
    opening = Opening(
        "certification-lapsed",
        Subject("case", CASE),
        CASE,
        WorkItemOwner("officer"),
        because,
        Evidence(holding.kind, holding.id),
        fact,
        date(2026, 11, 20),
    )
    return WorkItem(uuid4(), opening, datetime(2026, 11, 20, 18, tzinfo=UTC))


def test_what_holds_without_an_announced_end_has_not_lapsed() -> None:
    assert lapse_from([until(UNTIL)], TODAY) is None


def test_what_was_suspended_has_lapsed_since_that_day() -> None:
    held = until(date(2026, 11, 20), "suspended")

    assert lapse_from([held], TODAY) == Lapse(held, date(2026, 11, 20), Ending("suspended", FACT))


def test_a_suspension_of_a_later_day_is_a_lapse_at_once_with_its_day() -> None:
    found = lapse_from([until(date(2026, 12, 10), "suspended")], TODAY)

    assert found is not None
    assert found.effective_on == date(2026, 12, 10)


def test_what_another_certification_covers_has_not_lapsed() -> None:
    other = certification(Validity(date(2026, 11, 1), date(2028, 11, 1)))

    assert lapse_from([until(date(2026, 11, 20), "revoked"), other], TODAY) is None


def test_a_reinstatement_of_a_later_day_leaves_the_lapse_until_then() -> None:
    held = certification(
        Validity(FIRST, date(2026, 11, 20), Ending("suspended", FACT)),
        Validity(date(2026, 12, 1), UNTIL),
    )

    assert lapse_from([held], TODAY) is not None
    assert lapse_from([held], date(2026, 12, 1)) is None


def test_a_term_that_will_be_over_is_no_lapse_and_nor_is_one_nobody_announced() -> None:
    assert lapse_from([until(date(2026, 12, 10))], TODAY) is None
    assert lapse_from([until(date(2026, 11, 1))], TODAY) is None


def test_a_term_whose_end_was_announced_has_lapsed() -> None:
    found = lapse_from([term_until(TODAY, "expired")], TODAY)

    assert found is not None
    assert (found.effective_on, found.ending.because) == (TODAY, "expired")


def test_a_term_corrected_to_end_later_than_today_is_no_lapse_until_then() -> None:
    held = term_until(date(2026, 12, 10), "corrected")

    assert lapse_from([held], TODAY) is None
    assert lapse_from([held], date(2026, 12, 10)) is not None


def test_what_was_renewed_or_upgraded_is_followed_by_another_and_no_lapse() -> None:
    assert lapse_from([until(TODAY, "renewed")], TODAY) is None
    assert lapse_from([until(TODAY, "upgraded")], TODAY) is None


def test_a_standing_replaced_by_a_corrected_one_is_no_lapse() -> None:
    assert lapse_from([until(FIRST, "corrected")], TODAY) is None


def test_a_successor_that_never_held_is_a_lapse() -> None:
    void = certification(Validity(TODAY, TODAY, Ending("voided", FACT)))

    found = lapse_from([void, until(TODAY, "renewed")], TODAY)

    assert found is not None
    assert found.holding is void


def test_who_was_never_certified_here_has_nothing_that_could_lapse() -> None:
    assert lapse_from([], TODAY) is None


def test_each_member_of_a_team_is_looked_at() -> None:
    held = {
        PROVIDER: [until(UNTIL)],
        PROGRAM: [until(TODAY, "suspended")],
        EXAMINER: [until(TODAY, "withdrawn")],
    }

    assert lapses_of([team()], held, TODAY).keys() == {PROGRAM, EXAMINER}


def test_a_lapse_after_a_team_has_ended_is_none_of_its_concern() -> None:
    held = {PROVIDER: [until(date(2026, 12, 10), "suspended")], PROGRAM: [], EXAMINER: []}

    assert lapses_of([team(effective_until=date(2026, 12, 10))], held, TODAY) == {}


def test_a_lapse_before_a_team_begins_is_none_of_its_concern() -> None:
    held = certification(
        Validity(FIRST, date(2026, 11, 20), Ending("suspended", FACT)),
        Validity(date(2026, 12, 1), UNTIL),
    )

    assert lapses_of([team(date(2026, 12, 1))], {PROVIDER: [held]}, TODAY) == {}


def test_a_work_item_whose_lapse_stands_is_not_cured() -> None:
    held = until(date(2026, 11, 20), "suspended")
    lapses = {PROVIDER: Lapse(held, date(2026, 11, 20), Ending("suspended", FACT))}

    assert cures([item(held)], lapses, {PROVIDER: [held]}, TODAY) == {}


def test_what_holds_again_was_reinstated_or_corrected() -> None:
    held = until(UNTIL)
    suspended, corrected = item(held), item(held, "corrected")

    found = cures([suspended, corrected], {}, {PROVIDER: [held]}, TODAY)

    assert found == {suspended.id: Cure.REINSTATED, corrected.id: Cure.CORRECTED}


def test_what_holds_today_but_not_on_the_day_of_its_lapse_is_no_reinstatement() -> None:
    held = until(date(2026, 11, 25))
    lapsed = item(held)
    later = replace(lapsed, opening=replace(lapsed.opening, effective_on=date(2026, 11, 25)))

    assert cures([later], {}, {PROVIDER: [held]}, TODAY) == {later.id: Cure.CERTIFIED_ANEW}


def test_another_certification_cures_one_that_ended() -> None:
    ended, other = until(TODAY, "revoked"), until(UNTIL)
    stands = item(ended, "revoked")

    assert cures([stands], {}, {PROVIDER: [ended, other]}, TODAY) == {
        stands.id: Cure.CERTIFIED_ANEW
    }


def test_a_team_without_the_holder_cures_it() -> None:
    stands = item(until(TODAY, "revoked"))

    assert cures([stands], {}, {PROVIDER: [until(UNTIL)]}, TODAY) == {stands.id: Cure.TEAM_CHANGED}


def test_a_later_fact_about_the_same_member_supersedes_the_first() -> None:
    held, revocation = until(TODAY, "revoked", UUID(int=8)), Ending("revoked", UUID(int=8))
    stands = item(held)

    found = cures([stands], {PROVIDER: Lapse(held, TODAY, revocation)}, {PROVIDER: [held]}, TODAY)

    assert found == {stands.id: Cure.SUPERSEDED}
