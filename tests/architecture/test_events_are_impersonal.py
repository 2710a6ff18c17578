"""Events carry ids, codes and dates: every text field is one of the codes listed here.

A new text field must be added to the list by somebody who has asked what it may hold.
"""

import types
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Union, get_args, get_origin
from uuid import UUID

import pytest
from pydantic import AwareDatetime

import shared.events.certification
import shared.events.doj_gateway
import shared.events.duties
import shared.events.scoring
import shared.events.supervision
import shared.events.work_items
from shared.events.event import Event

CODES = {
    "agency", "agency_kind", "county_of_residence", "instrument", "instrument_version", "items",
    "kind", "level", "outcome", "reason", "reason_code", "receipt_number", "reference", "side",
    "amended", "supervision_type", "unit",
    "about_kind", "calendar", "edition", "from_agency", "owner_agency", "owner_role", "regime",
    "rule", "rulebook", "started_by", "state", "subject_kind",
    "evidence_kind", "owner_unit", "resolution",
    "because", "from_edition", "from_owner_agency", "from_owner_role", "from_regime", "notify",
}  # fmt: skip
FORBIDDEN_PARTS = ("name", "birth", "ssn", "cii", "cdcr", "total", "score_level", "text", "note")


def concrete_events(kind: type[Event] = Event) -> Iterator[type[Event]]:
    """Every event class that can be published."""
    for each in kind.__subclasses__():
        if "noun_verb" in each.__dict__:
            yield each
        yield from concrete_events(each)


ALL_EVENTS = sorted(set(concrete_events()), key=lambda event: (event.service, event.noun_verb))


def test_the_language_has_its_modules() -> None:
    assert len(ALL_EVENTS) > len({shared.events.certification, shared.events.duties})


@pytest.mark.parametrize("event", ALL_EVENTS, ids=lambda event: event.type_for("any"))
def test_an_event_carries_ids_codes_and_dates_only(event: type[Event]) -> None:
    for name, field in event.model_fields.items():
        texts = {kind for kind in _leaves(field.annotation) if kind is str}
        assert not texts or name in CODES, f"{name} is free text"
        assert not any(part in name for part in FORBIDDEN_PARTS), name


@pytest.mark.parametrize("event", ALL_EVENTS, ids=lambda event: event.type_for("any"))
def test_an_event_has_only_flat_fields(event: type[Event]) -> None:
    allowed = {UUID, date, AwareDatetime, int, bool, str, type(None)}

    for name, field in event.model_fields.items():
        assert set(_leaves(field.annotation)) <= allowed, name


def _leaves(annotation: object) -> Iterator[object]:
    if get_origin(annotation) in {Union, types.UnionType, tuple}:
        for part in get_args(annotation):
            if part is not Ellipsis:
                yield from _leaves(part)
    elif get_origin(annotation) is Annotated:
        yield from _leaves(get_args(annotation)[0])
    else:
        yield annotation
