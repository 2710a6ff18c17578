"""The monthly contact: two sides, one month, four states."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from shared.errors import ConflictError, InvalidInputError
from supervision.domain.contacts import (
    Attestation,
    Contact,
    Mode,
    MonthState,
    Side,
    Topic,
    check_attestation,
    is_required,
    month_state,
)
from supervision.domain.months import Month

NOVEMBER = Month(date(2026, 11, 1))
TODAY = date(2026, 11, 23)


def contact(on: date = date(2026, 11, 10), mode: Mode = Mode.TELEPHONE) -> Contact:
    return Contact(NOVEMBER, on, mode, (Topic.PROGRESS, Topic.DYNAMIC_RISK))


def attested(side: Side, what: Contact) -> Attestation:
    at = datetime(2026, 11, 20, 18, tzinfo=UTC)
    return Attestation(UUID(int=1), UUID(int=2), side, what, "somebody", at)


def test_a_month_that_nobody_documented_is_empty() -> None:
    assert month_state([]) is MonthState.NONE


@pytest.mark.parametrize("side", list(Side))
def test_a_month_that_one_side_documented_is_one_sided(side: Side) -> None:
    assert month_state([attested(side, contact())]) is MonthState.ONE_SIDED


def test_a_month_is_met_when_both_sides_name_the_same_day_and_mode() -> None:
    both = [attested(Side.OFFICER, contact()), attested(Side.PROVIDER, contact())]

    assert month_state(both) is MonthState.MET


@pytest.mark.parametrize(
    "other", [contact(on=date(2026, 11, 11)), contact(mode=Mode.VIDEO)], ids=["day", "mode"]
)
def test_a_month_is_contradicted_when_day_or_mode_differ(other: Contact) -> None:
    both = [attested(Side.OFFICER, contact()), attested(Side.PROVIDER, other)]

    assert month_state(both) is MonthState.CONTRADICTED


def test_a_contact_of_today_may_be_documented_and_one_of_tomorrow_may_not() -> None:
    check_attestation(contact(TODAY), Side.OFFICER, [], "somebody", TODAY)

    with pytest.raises(InvalidInputError) as refused:
        check_attestation(contact(date(2026, 11, 24)), Side.OFFICER, [], "somebody", TODAY)
    assert "must not be in the future" in str(refused.value.faults)


def test_the_second_side_may_document_what_it_will() -> None:
    earlier = [attested(Side.OFFICER, contact())]

    check_attestation(contact(mode=Mode.VIDEO), Side.PROVIDER, earlier, "provider", TODAY)


def test_a_side_documents_a_month_once() -> None:
    earlier = [attested(Side.OFFICER, contact())]

    with pytest.raises(ConflictError, match="officer has already attested the contact of 2026-11"):
        check_attestation(contact(), Side.OFFICER, earlier, "officer", TODAY)


def test_a_contact_in_the_future_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="must not be in the future"):
        check_attestation(contact(on=date(2026, 11, 24)), Side.OFFICER, [], "officer", TODAY)


def test_a_contact_in_another_month_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="must be in the month 2026-11") as refusal:
        check_attestation(contact(on=date(2026, 10, 31)), Side.OFFICER, [], "officer", TODAY)

    assert refusal.value.code == "impossible-contact-day"
    assert refusal.value.faults[0].field == "contacted_on"


@pytest.mark.parametrize(
    ("active_from", "by_the_policy", "without_it"),
    [
        (date(2026, 10, 15), True, True),
        (date(2026, 11, 1), True, True),
        (date(2026, 11, 2), False, True),
        (date(2026, 11, 30), False, True),
        (date(2026, 12, 1), False, False),
    ],
)
def test_a_month_that_began_without_the_case_is_required_or_not_by_the_edition(
    active_from: date, *, by_the_policy: bool, without_it: bool
) -> None:
    november = Month(date(2026, 11, 1))

    assert (
        is_required(november, active_from, ["custody", "case-not-active-whole-month"])
        is by_the_policy
    )
    assert is_required(november, active_from, ["custody"]) is without_it
