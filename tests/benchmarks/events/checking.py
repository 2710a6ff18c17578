"""What must be nought in every run: events lost, subjects out of order, breaks in the chain.

Only first occurrences count: at least once is the promise, and records may come again.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from aiokafka import ConsumerRecord


@dataclass(frozen=True)
class Faults:
    """How often each promise was broken; `chain` is None where records carry no sequence."""

    lost: int
    out_of_order: int
    chain: int | None


def told(record: ConsumerRecord, at: int = 0) -> dict[str, Any]:
    """Return what of a record is looked at, and when it was seen."""
    headers = {name: value.decode() for name, value in record.headers}
    is_event = "ce_subject" in headers
    return {
        "at": at,
        "partition": record.partition,
        "id": headers["ce_id"],
        "subject": headers.get("ce_subject"),
        "number": json.loads(record.value)["number"] if is_event else None,
        "sequence": headers.get("ce_sequence"),
        "previous": headers.get("ce_previoussequence"),
    }


def check(written: AbstractSet[str], seen: list[dict[str, Any]]) -> Faults:
    """Compare what was committed with what a bare consumer saw, in the order it saw it."""
    firsts: dict[str, dict[str, Any]] = {}
    for record in seen:
        firsts.setdefault(record["id"], record)
    events = [record for record in firsts.values() if record["subject"] is not None]
    return Faults(
        lost=len(written - firsts.keys()),
        out_of_order=_falls((record["subject"], record["number"]) for record in events),
        chain=_breaks(events),
    )


def _falls(numbers: Iterable[tuple[str, int]]) -> int:
    highest: dict[str, int] = defaultdict(lambda: -1)
    falls = 0
    for subject, number in numbers:
        falls += number <= highest[subject]
        highest[subject] = max(number, highest[subject])
    return falls


def _breaks(events: list[dict[str, Any]]) -> int | None:
    if not all(record["sequence"] for record in events):
        return None
    tails: dict[int, int] = defaultdict(int)
    breaks = 0
    for record in events:
        breaks += int(record["previous"]) != tails[record["partition"]]
        tails[record["partition"]] = int(record["sequence"])
    return breaks
