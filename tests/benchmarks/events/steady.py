"""Events at a steady rate: how long from the commit until a bare consumer elsewhere has each."""

import asyncio
import statistics
from dataclasses import dataclass
from typing import Any

from benchmarks.events.checking import Faults, check
from benchmarks.events.place import Place
from benchmarks.events.processes import running, start

WARM_UP_SECONDS = 2.0
_SETTLE_SECONDS = 1.0


@dataclass(frozen=True)
class Delays:
    """Milliseconds from commit to consumer, and what the carrier used meanwhile."""

    p50: float
    p95: float
    p99: float
    cpu_seconds_per_1000: float
    faults: Faults


async def steady(carrier: str | None, place: Place, rate: int, seconds: float) -> Delays:
    """Measure a carrier of the outbox; without one, a producer that sends straight to Kafka."""
    async with running("reader", place) as reader:
        if carrier is None:
            written, cpu_seconds = await _written("echo", place, rate, seconds), 0.0
        else:
            async with running(carrier, place) as carrying:
                await _written("writer", place, rate, WARM_UP_SECONDS)
                meter = carrying.meter()
                written = await _written("writer", place, rate, seconds)
                cpu_seconds = meter.read().cpu_seconds
                await asyncio.sleep(_SETTLE_SECONDS)
        seen = (await reader.stop())["seen"]
    return _delays(written, seen, cpu_seconds)


async def _written(role: str, place: Place, rate: int, seconds: float) -> dict[str, int]:
    writer = await start(role, place, rate=rate, seconds=seconds)
    written: dict[str, int] = (await writer.result())["committed"]
    return written


def _delays(written: dict[str, int], seen: list[dict[str, Any]], cpu_seconds: float) -> Delays:
    first_seen: dict[str, int] = {}
    for record in seen:
        first_seen.setdefault(record["id"], record["at"])
    delays = [
        (first_seen[name] - at) / 1_000_000 for name, at in written.items() if name in first_seen
    ]
    places = statistics.quantiles(delays, n=100)
    return Delays(
        p50=places[49],
        p95=places[94],
        p99=places[98],
        cpu_seconds_per_1000=cpu_seconds / len(written) * 1000,
        faults=check(set(written), seen),
    )
