"""Times calls one after the other, and says how they spread."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

CALLS, WARM_UP = 300, 20
PAGE_BYTES = 4096


async def spread(call: Callable[[int], Awaitable[object]], calls: int = CALLS) -> dict[str, float]:
    """Milliseconds of a call that is told its number: median and 95th percentile."""
    for number in range(WARM_UP):
        await call(number)
    taken = []
    for number in range(calls):
        began = time.perf_counter()
        await call(number)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {"p50_ms": round(taken[calls // 2], 2), "p95_ms": round(taken[calls * 95 // 100], 2)}


def resident_megabytes() -> float:
    """How much memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * PAGE_BYTES / 1e6
