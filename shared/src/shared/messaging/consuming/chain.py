"""The chain: how a consumer places a record, by its epoch first and then by its sequence.

Pure functions. Epoch first, because the sequences of two epochs overlap. Each record also names the
sequence before it, so that a consumer sees whether it missed one.
"""

from dataclasses import replace
from enum import StrEnum

from shared.messaging.consuming.progress import NOTHING_YET, Progress
from shared.messaging.wire.envelope import Envelope


class ChainPlace(StrEnum):
    """A record's place in the chain."""

    NEXT = "next"
    DUPLICATE = "duplicate"
    OLD_EPOCH = "old-epoch"
    WATERMARK = "watermark"


class ChainBrokenError(Exception):
    """The topic cannot be read further: something before this record is missing."""

    is_gap = True

    def __init__(self, envelope: Envelope, progress: Progress) -> None:
        self.event_id = envelope.event_id
        self.epoch = envelope.epoch
        self.sequence = envelope.sequence
        self.previous_sequence = envelope.previous_sequence
        super().__init__(self._words(progress))

    def _words(self, progress: Progress) -> str:
        return (
            f"gap after {progress.epoch}:{progress.last_sequence}:"
            f" the next record follows {self.previous_sequence}"
        )


class NewEpochError(ChainBrokenError):
    """A newer epoch begins; only the feed knows where the previous one ended."""

    is_gap = False

    def _words(self, progress: Progress) -> str:
        return f"epoch {self.epoch} after epoch {progress.epoch}"


class ContradictionError(ChainBrokenError):
    """Another event was applied in this place; only the feed knows which one is in the log."""

    def _words(self, progress: Progress) -> str:
        del progress
        return f"another event was applied at {self.epoch}:{self.sequence}"


def place_of(envelope: Envelope, progress: Progress) -> ChainPlace:
    """Place a record; raises ChainBrokenError if something before it is missing."""
    if progress.epoch == NOTHING_YET:
        progress = replace(progress, epoch=envelope.epoch)
    if envelope.epoch < progress.epoch:
        return ChainPlace.OLD_EPOCH
    if envelope.epoch > progress.epoch:
        raise NewEpochError(envelope, progress)
    if envelope.sequence is not None and envelope.sequence <= progress.last_sequence:
        return ChainPlace.DUPLICATE
    if envelope.sequence is None and envelope.previous_sequence <= progress.last_sequence:
        return ChainPlace.WATERMARK
    if envelope.sequence is None or envelope.previous_sequence != progress.last_sequence:
        raise ChainBrokenError(envelope, progress)
    return ChainPlace.NEXT


def after(envelope: Envelope, place: ChainPlace, progress: Progress, offset: int) -> Progress:
    """Return the progress after the record at an offset."""
    moved = replace(progress, next_offset=offset + 1)
    if place is ChainPlace.OLD_EPOCH:
        return moved
    moved = replace(moved, epoch=envelope.epoch)
    if place is ChainPlace.NEXT and envelope.sequence is not None:
        return replace(moved, last_sequence=envelope.sequence)
    return moved
