"""Events carry ids, codes and dates: every text field is one of the codes listed here.

A new text field must be added to the list by somebody who has asked what it may hold.
"""

import types
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Union, get_args, get_origin
from uuid import UUID

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


def test_an_event_carries_ids_codes_and_dates_only() -> None:
    fields = _fields()
    of_text = [name for name, kinds in fields if str in kinds]
    words = {name: name.rpartition(".")[2] for name, _ in fields}

    assert [name for name in of_text if words[name] not in CODES] == []
    assert [name for name in words if _is_forbidden(words[name])] == []


def test_an_event_has_only_flat_fields() -> None:
    allowed = {UUID, date, AwareDatetime, int, bool, str, type(None)}

    assert [name for name, kinds in _fields() if not kinds <= allowed] == []


def _fields() -> list[tuple[str, set[object]]]:
    """Every field of every event, as `type.field`, with the kinds of value that it holds."""
    return [
        (f"{event.type_for('any')}.{name}", set(_leaves(field.annotation)))
        for event in ALL_EVENTS
        for name, field in event.model_fields.items()
    ]


def _is_forbidden(name: str) -> bool:
    return any(part in name for part in FORBIDDEN_PARTS)


def _leaves(annotation: object) -> Iterator[object]:
    if get_origin(annotation) in {Union, types.UnionType, tuple}:
        for part in get_args(annotation):
            if part is not Ellipsis:
                yield from _leaves(part)
    elif get_origin(annotation) is Annotated:
        yield from _leaves(get_args(annotation)[0])
    else:
        yield annotation
