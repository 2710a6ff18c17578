"""The short consumer that partners are shown does what its page says."""

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest
from aiokafka import ConsumerRecord

from architecture.source_tree import ROOT

START = {"next_offset": 0, "last_sequence": 0}


@pytest.fixture(scope="module")
def consumer() -> ModuleType:
    spec = spec_from_file_location("partner_consumer", ROOT / "docs/partners/consumer.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def record(offset: int, previous: int, sequence: int | None) -> ConsumerRecord:
    """A record as it lies in Kafka; without a sequence of its own it is a watermark."""
    headers = {"ce_type": "a.thing.happened", "ce_subject": "one", "ce_previoussequence": previous}
    own = {} if sequence is None else {"ce_sequence": sequence}
    wire = [(name, str(value).encode()) for name, value in (headers | own).items()]
    return ConsumerRecord("a.events", 3, offset, 0, 0, None, b"{}", None, 0, 2, wire)


def test_the_next_event_is_applied_and_the_place_moves(
    consumer: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    after = consumer.apply(record(0, 0, 7), START)

    assert after == {"next_offset": 1, "last_sequence": 7}
    assert "a.thing.happened" in capsys.readouterr().out


def test_an_event_that_comes_again_is_skipped(
    consumer: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    after = consumer.apply(record(5, 0, 7), {"next_offset": 5, "last_sequence": 7})

    assert after == {"next_offset": 6, "last_sequence": 7}
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("sequence", [9, None])
def test_a_missed_event_stops_it(consumer: ModuleType, sequence: int | None) -> None:
    with pytest.raises(consumer.MissedEventError):
        consumer.apply(record(5, 8, sequence), {"next_offset": 5, "last_sequence": 7})


def test_a_watermark_in_line_moves_the_offset_alone(consumer: ModuleType) -> None:
    after = consumer.apply(record(5, 7, None), {"next_offset": 5, "last_sequence": 7})

    assert after == {"next_offset": 6, "last_sequence": 7}
