"""What a model promises is what leaves: an event off its schema is refused by field and code."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from shared.events.encoding import OffSchemaError, encoded
from shared.events.supervision import MonthMet

CASE = UUID("019abf3e-1a02-7f4c-8e55-2b9d7c3a6f01")
AT = datetime(2026, 11, 20, 18, 4, 5, tzinfo=UTC)
SECRET = "somebody's name"


WHOLE = {"case_id": CASE, "month": date(2026, 11, 1), "met_at": AT}


def unchecked(fields: Mapping[str, Any]) -> MonthMet:
    """An event as it is made past its model's checks."""
    return MonthMet.model_construct(**fields)


def test_an_event_is_the_json_of_its_fields() -> None:
    event = MonthMet(case_id=CASE, month=date(2026, 11, 1), met_at=AT)

    assert encoded(event) == (
        b'{"case_id":"019abf3e-1a02-7f4c-8e55-2b9d7c3a6f01","month":"2026-11-01",'
        b'"met_at":"2026-11-20T18:04:05Z"}'
    )


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"case_id": SECRET}, r"case_id \(uuid_parsing\)"),
        ({"case_id": None}, r"case_id \(uuid_type\)"),
        ({"month": AT}, r"month \(plain_date\)"),
        ({"month": SECRET}, r"month \(plain_date\)"),
        ({"month": 1}, r"month \(plain_date\)"),
        ({"met_at": AT.replace(tzinfo=None)}, r"met_at \(plain_instant\)"),
        ({"met_at": 1}, r"met_at \(plain_instant\)"),
        ({"met_at": object()}, "holds what is no JSON"),
    ],
)
def test_a_value_of_another_shape_is_refused(fields: dict[str, object], fault: str) -> None:
    with pytest.raises(OffSchemaError, match=fault) as refused:
        encoded(unchecked(WHOLE | fields))

    assert SECRET not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(OffSchemaError, match=r"month.met is off its schema: month \(missing\)"):
        encoded(unchecked({"case_id": CASE, "met_at": AT}))


def test_every_fault_is_named() -> None:
    with pytest.raises(OffSchemaError) as refused:
        encoded(unchecked(WHOLE | {"case_id": SECRET, "month": None}))

    assert str(refused.value) == (
        "month.met is off its schema: case_id (uuid_parsing), month (plain_date)"
    )


def test_a_value_put_into_an_event_later_is_refused() -> None:
    event = MonthMet(case_id=CASE, month=date(2026, 11, 1), met_at=AT)
    changed = event.model_copy(update={"month": SECRET})

    with pytest.raises(OffSchemaError, match="month"):
        encoded(changed)


def test_an_instant_without_its_offset_makes_no_event() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        MonthMet(case_id=CASE, month=date(2026, 11, 1), met_at=AT.replace(tzinfo=None))
