"""Epoch first, then sequence: what a record is to a consumer."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from shared.messaging.consuming.chain import (
    ChainBrokenError,
    ChainPlace,
    NewEpochError,
    after,
    place_of,
)
from shared.messaging.consuming.progress import Progress
from shared.messaging.wire.envelope import Envelope

HERE = Progress(epoch=2, next_offset=10, last_sequence=40)


def envelope(epoch: int, sequence: int | None, previous: int) -> Envelope:
    return Envelope(
        event_id=uuid4(),
        type="scoring.share.made" if sequence else "scoring.log.watermarked",
        schema_version=1,
        subject_id=uuid4(),
        occurred_at=datetime(2026, 11, 20, tzinfo=UTC),
        sequence=sequence,
        previous_sequence=previous,
        epoch=epoch,
        correlation_id=None,
        causation_id=None,
        traceparent=None,
        data=b"{}",
    )


@pytest.mark.parametrize(
    ("epoch", "sequence", "previous", "place"),
    [
        (2, 41, 40, ChainPlace.NEXT),
        (2, 47, 40, ChainPlace.NEXT),
        (2, 40, 33, ChainPlace.DUPLICATE),
        (2, 12, 9, ChainPlace.DUPLICATE),
        (1, 41, 40, ChainPlace.OLD_EPOCH),
        (1, 90, 80, ChainPlace.OLD_EPOCH),
        (1, None, 90, ChainPlace.OLD_EPOCH),
        (2, None, 40, ChainPlace.WATERMARK),
        (2, None, 33, ChainPlace.WATERMARK),
    ],
)
def test_a_record_has_its_place(
    epoch: int, sequence: int | None, previous: int, place: ChainPlace
) -> None:
    assert place_of(envelope(epoch, sequence, previous), HERE) is place


@pytest.mark.parametrize(("sequence", "previous"), [(50, 45), (50, 33), (None, 41)])
def test_something_missing_is_a_gap(sequence: int | None, previous: int) -> None:
    with pytest.raises(ChainBrokenError) as broken:
        place_of(envelope(2, sequence, previous), HERE)

    assert broken.value.is_gap


def test_a_new_epoch_is_not_guessed_at() -> None:
    with pytest.raises(NewEpochError) as broken:
        place_of(envelope(3, 41, 40), HERE)

    assert not broken.value.is_gap


def test_who_has_read_nothing_takes_the_epoch_it_finds() -> None:
    nothing = Progress(epoch=0, next_offset=0, last_sequence=0)
    first = envelope(3, 1, 0)

    place = place_of(first, nothing)

    assert place is ChainPlace.NEXT
    assert after(first, place, nothing, 0) == Progress(epoch=3, next_offset=1, last_sequence=1)


def test_who_has_read_nothing_still_misses_what_came_before() -> None:
    with pytest.raises(ChainBrokenError):
        place_of(envelope(1, 9, 4), Progress(epoch=0, next_offset=0, last_sequence=0))


@pytest.mark.parametrize(
    ("epoch", "sequence", "previous", "last"),
    [(2, 41, 40, 41), (2, 12, 9, 40), (2, None, 33, 40), (1, 90, 80, 40)],
)
def test_only_the_next_event_moves_the_sequence(
    epoch: int, sequence: int | None, previous: int, last: int
) -> None:
    read = envelope(epoch, sequence, previous)

    moved = after(read, place_of(read, HERE), HERE, 10)

    assert moved == Progress(epoch=2, next_offset=11, last_sequence=last)
