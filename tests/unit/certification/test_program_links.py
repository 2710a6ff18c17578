"""Who may be linked with whom, and from when until when something of a program holds."""

from datetime import date

import pytest

from certification.domain.applications import Kind
from certification.domain.program_links import ProgramLink, refuse_second, refuse_uncertified
from certification.domain.span_ends import end_of
from certification.domain.standings import Standing, Status
from shared.errors import ConflictError, InvalidInputError
from shared.identifiers import new_id

FIRST, DAY, LATER = date(2026, 1, 5), date(2026, 11, 20), date(2027, 1, 4)


def _link(until: date | None, since: date = FIRST) -> ProgramLink:
    return ProgramLink(new_id(), new_id(), new_id(), since, until)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("status", [each for each in Status if each is not Status.CERTIFIED])
def test_only_who_is_certified_is_linked(kind: Kind, status: Status) -> None:
    with pytest.raises(ConflictError) as refused:
        refuse_uncertified(kind, [Standing(status, FIRST, None)], DAY)

    assert refused.value.code == f"{kind}-not-certified"
    assert refused.value.members == {"certification_status": status.value}


def test_who_was_never_certified_is_not_certified_yet() -> None:
    with pytest.raises(ConflictError) as refused:
        refuse_uncertified(Kind.PROVIDER, [], DAY)

    assert refused.value.members == {"certification_status": "not-yet-certified"}


def test_who_is_certified_may_be_linked() -> None:
    refuse_uncertified(Kind.PROVIDER, [Standing(Status.CERTIFIED, FIRST, LATER)], DAY)


@pytest.mark.parametrize("link", [_link(None), _link(LATER), _link(None, since=LATER)])
def test_a_link_that_holds_or_is_to_come_leaves_no_room_for_a_second(link: ProgramLink) -> None:
    with pytest.raises(ConflictError) as refused:
        refuse_second([link], DAY)

    assert refused.value.code == "linked-before"
    assert refused.value.members == {"link_id": str(link.id)}


@pytest.mark.parametrize(
    "links", [[], [_link(DAY)], [_link(LATER, since=LATER)], [_link(date(2026, 2, 2)), _link(DAY)]]
)
def test_after_the_last_link_has_ended_another_may_begin_the_same_day(
    links: list[ProgramLink],
) -> None:
    refuse_second(links, DAY)


@pytest.mark.parametrize("link", [_link(None, since=DAY), _link(LATER, since=FIRST)])
def test_an_end_that_reaches_into_another_link_is_refused(link: ProgramLink) -> None:
    with pytest.raises(ConflictError):
        refuse_second([link], FIRST, LATER)


def test_an_end_on_the_first_day_of_the_next_link_is_not() -> None:
    refuse_second([_link(None, since=DAY)], FIRST, DAY)


@pytest.mark.parametrize("named", [None, DAY])
def test_an_end_is_the_first_day_without(named: date | None) -> None:
    assert end_of(FIRST, None, named, DAY) == DAY


def test_what_was_recorded_by_mistake_ends_on_its_first_day() -> None:
    assert end_of(FIRST, None, FIRST, DAY) == FIRST


def test_nothing_ends_before_it_begins() -> None:
    with pytest.raises(InvalidInputError) as refused:
        end_of(FIRST, None, date(2025, 12, 31), DAY)

    assert refused.value.faults[0].field == "effective_on"


@pytest.mark.parametrize("named", [None, DAY])
def test_an_end_sent_twice_moves_nothing(named: date | None) -> None:
    with pytest.raises(ConflictError, match="2026-11-20"):
        end_of(FIRST, DAY, named, LATER)


@pytest.mark.parametrize("named", [date(2026, 11, 2), LATER])
def test_a_mistaken_end_is_corrected_by_naming_another_day(named: date) -> None:
    assert end_of(FIRST, DAY, named, LATER) == named
