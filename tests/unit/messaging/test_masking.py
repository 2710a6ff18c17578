"""Which values of an event may be shown: by the declared type, never by the look of a text."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import pytest

from shared.events.catalog import CatalogEntry, catalog
from shared.messaging.parked.masking import shown
from shared.messaging.parked.masking_values import masked_length, value_in_clear
from shared.messaging.wire.envelope import KafkaRecord

TYPE = b"supervision.month.met"
ID = "019aa000-0000-7000-8000-0000000000a1"


class Side(StrEnum):
    """A listed code."""

    OFFICER = "officer"


@pytest.mark.parametrize(
    ("declared", "value", "clear"),
    [
        (UUID, ID, ID),
        (UUID, ID.replace("-", "").upper(), ID),
        (UUID | None, ID, ID),
        (date, "2026-11-20", "2026-11-20"),
        (datetime, "2026-11-20T18:00:00Z", "2026-11-20T18:00:00+00:00"),
        (int, 7, "7"),
        (bool, True, "true"),
        (Side, "officer", "officer"),
        (Literal["initial", "final"], "final", "final"),
        (Annotated[date | None, "a note"], "2026-11-20", "2026-11-20"),
    ],
)
def test_what_the_type_vouches_for_is_clear(declared: object, value: object, clear: str) -> None:
    assert value_in_clear(declared, value) == clear


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        (str, "sacramento-probation"),
        (UUID, "Robin"),
        (UUID, 7),
        (date, "20261120"),
        (date, "Robin 1980"),
        (datetime, "20261120"),
        (datetime, "2026-11-20"),
        (datetime, "2026-11-20T18:00:00 Robin"),
        (int, "123456789"),
        (int, True),
        (int, 1.5),
        (int, 10**30),
        (bool, 1),
        (Side, "Robin"),
        (Literal["initial"], "Robin"),
        (tuple[str, ...], ["Robin"]),
        (UUID, [ID]),
        (object, {"name": "Robin"}),
    ],
)
def test_anything_else_is_masked(declared: object, value: object) -> None:
    assert value_in_clear(declared, value) is None


@pytest.mark.parametrize(("value", "length"), [("Robin", 5), (["Robin"], 9), (1.5, 3)])
def test_a_mask_tells_the_length(value: object, length: int) -> None:
    assert masked_length(value) == length


@pytest.mark.parametrize("entry", catalog(), ids=lambda entry: entry.title)
def test_every_subject_of_the_language_is_clear(entry: CatalogEntry) -> None:
    field = f"{entry.event.subject_kind.replace('-', '_')}_id"

    assert value_in_clear(entry.event.model_fields[field].annotation, ID) == ID


def test_a_record_nested_without_end_shows_how_long_it_is_and_no_more() -> None:
    nested = b'{"case_id": ' + b"[" * 1_000 + b"]" * 1_000 + b"}"
    record = KafkaRecord("supervision.events", 0, 1, (("ce_type", TYPE),), nested)

    seen = shown(record)

    assert (seen.data, seen.data_bytes) == ((), 2_013)
