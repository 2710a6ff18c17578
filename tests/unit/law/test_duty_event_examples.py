"""Each duty event has an example that says exactly what the event can say."""

from importlib.resources import files

import orjson
import pytest

from shared.events import duties
from shared.events.event import Event

DUTY_EVENTS: list[type[Event]] = [
    duties.DutyOpened,
    duties.DutyMet,
    duties.DutyReopened,
    duties.DutyPaused,
    duties.DutyResumed,
    duties.DutyCanceled,
    duties.DutyHandedOver,
    duties.DutyMoved,
    duties.DutyDueSoon,
    duties.DutyOverdue,
]


@pytest.mark.parametrize("event", DUTY_EVENTS, ids=lambda event: event.noun_verb)
def test_an_example_is_what_the_event_would_write(event: type[Event]) -> None:
    path = files("shared.events").joinpath("examples", f"{event.noun_verb}.json")
    example = orjson.loads(path.read_bytes())

    read = event.model_validate(example)

    assert orjson.loads(read.model_dump_json()) == example
    assert str(read.subject_id) == example["duty_id"]
