"""A work item ends once; its events say what it is and nothing personal."""

from datetime import UTC, date, datetime
from importlib.resources import files
from uuid import UUID

import orjson
import pytest

from shared.errors import ConflictError
from shared.events.event import Event
from shared.events.work_items import WorkItemOpened, WorkItemResolved
from shared.law.duty.duties import Subject
from shared.work_items import work_item_events
from shared.work_items.work_items import (
    Evidence,
    Opening,
    PersonsResolution,
    Resolved,
    WorkItem,
    WorkItemOwner,
    resolved,
)

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
CASE, PERSON = UUID(int=1), UUID(int=2)
ITEM = WorkItem(
    UUID(int=3),
    Opening(
        kind="certification-lapsed",
        subject=Subject("case", CASE),
        case_id=CASE,
        owner=WorkItemOwner("officer", "yolo-probation", "adult", PERSON),
        because="suspended",
        evidence=Evidence("certification", UUID(int=4)),
        fact_id=UUID(int=5),
        effective_on=date(2026, 11, 20),
    ),
    NOW,
)
HANDLED = Resolved(PersonsResolution.HANDLED, NOW, str(PERSON))


def test_a_resolved_work_item_is_open_no_more_and_counts_a_version() -> None:
    ended = resolved(ITEM, HANDLED)

    assert (ITEM.is_open, ended.is_open) == (True, False)
    assert (ITEM.version, ended.version) == (1, 2)


def test_whoever_resolves_second_hears_how_and_when_it_ended() -> None:
    ended = resolved(ITEM, HANDLED)

    with pytest.raises(ConflictError) as refusal:
        resolved(ended, Resolved("reinstated", NOW, "process:supervision"))

    assert refusal.value.code == "work-item-resolved"
    assert refusal.value.members == {"resolution": "handled", "resolved_at": NOW.isoformat()}


def test_the_event_of_an_opening_says_whose_it_is_and_why() -> None:
    event = work_item_events.opened(ITEM)

    assert (event.about_kind, event.about_id, event.case_id) == ("case", CASE, CASE)
    assert (event.because, event.effective_on) == ("suspended", date(2026, 11, 20))
    assert (event.owner_role, event.owner_agency, event.owner_unit, event.owner_person) == (
        ("officer", "yolo-probation", "adult", PERSON)
    )


def test_the_event_of_a_resolution_says_how_and_not_by_whom() -> None:
    event = work_item_events.resolved(resolved(ITEM, HANDLED), HANDLED)

    assert (event.resolution, event.resolved_at, event.version) == ("handled", NOW, 2)
    assert "resolved_by" not in type(event).model_fields


@pytest.mark.parametrize("event", [WorkItemOpened, WorkItemResolved])
def test_an_example_is_what_the_event_would_write(event: type[Event]) -> None:
    path = files("shared.events").joinpath("examples", f"{event.noun_verb}.json")
    example = orjson.loads(path.read_bytes())

    read = event.model_validate(example)

    assert orjson.loads(read.model_dump_json()) == example
    assert str(read.subject_id) == example["work_item_id"]
