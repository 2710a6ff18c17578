"""A date is `YYYY-MM-DD` and an instant is RFC 3339; nothing else is read as either."""

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.events.duties import DutyMet
from shared.http.years import Years
from shared.plain_dates import PlainDate, PlainInstant, read_day, read_instant

DAY: TypeAdapter[date] = TypeAdapter(PlainDate)
INSTANT: TypeAdapter[datetime] = TypeAdapter(PlainInstant)


@pytest.mark.parametrize(
    "text",
    ["1700006400", "2026-W47-5", "20٢٦-11-20", "20261120", "2026-11-20T00:00:00Z", "2026-2-3", ""],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        read_day(text)
    with pytest.raises(ValidationError, match="YYYY-MM-DD"):
        DAY.validate_python(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1700006400", "2026-11-20", "2026-11-20T10:00:00", "2026-11-20 10:00:00Z"),
        *("2026-11-20T10:00Z", "2026-11-20T10:00:00+0800", "2026-11-20T25:00:00Z"),
        *("2026-W47-5T10:00:00Z", "2026-11-20T10:00:00Z\n", "20٢٦-11-20T10:00:00Z"),
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"must be"):
        read_instant(text)
    with pytest.raises(ValidationError, match="offset"):
        INSTANT.validate_python(text)


def test_numbers_are_neither() -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(1700006400)
    with pytest.raises(ValidationError):
        INSTANT.validate_python(1700006400)


def test_a_day_and_an_instant_are_read() -> None:
    assert DAY.validate_python("2026-11-20") == date(2026, 11, 20)
    assert INSTANT.validate_python("2026-11-20t10:00:00.5-08:00") == datetime(
        2026, 11, 20, 18, 0, 0, 500_000, tzinfo=UTC
    )


def test_an_event_with_a_number_for_a_day_is_not_read() -> None:
    with pytest.raises(ValidationError, match="met_on"):
        DutyMet.model_validate_json('{"met_on": "1700006400"}')


def test_years_that_no_pattern_can_say_are_refused() -> None:
    with pytest.raises(ValueError, match="century"):
        Years(1950, 2100)
