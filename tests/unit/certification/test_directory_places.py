"""Directory: how a program is listed; and the days on which a credential counts."""

from datetime import date

import pytest

from certification.domain.applications import ProgramPlace
from certification.domain.credentials import RecordedSpan
from certification.domain.directory import Listing, listing
from shared.counties import county
from shared.errors import InvalidInputError

SACRAMENTO, YOLO, PLACER = (county(name).fips for name in ("Sacramento", "Yolo", "Placer"))
PLACE = ProgramPlace(SACRAMENTO, (PLACER, YOLO))


def test_the_headquarters_come_before_being_served() -> None:
    assert listing(PLACE, SACRAMENTO) is Listing.HEADQUARTERS
    assert listing(PLACE, PLACER) is Listing.SERVES


@pytest.mark.parametrize("until", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_span_that_ends_before_it_begins_is_refused(until: date) -> None:
    with pytest.raises(InvalidInputError) as refused:
        RecordedSpan(date(2026, 1, 1), until)

    assert [fault.field for fault in refused.value.faults] == ["effective_until"]


def test_a_span_of_one_day_is_a_span() -> None:
    assert RecordedSpan(date(2026, 1, 1), date(2026, 1, 2)).effective_until == date(2026, 1, 2)
