"""A full sweep of the clerk, beside a bare update of as many rows in batches of the same size."""

import time
from typing import Any

from benchmarks.duties.place import CAUSE, Place
from benchmarks.duties.timing import resident_megabytes
from shared.law.clerk.sweep import DUTIES_AT_ONCE, sweep_batch

BARE_UPDATE = "UPDATE duties SET version = version WHERE id = ANY($1::uuid[])"
TO_UPDATE = "SELECT id FROM duties WHERE state = 'open' ORDER BY id LIMIT $1"


async def measure(place: Place) -> dict[str, Any]:
    """Sweep until nothing is due."""
    before, began = resident_megabytes(), time.perf_counter()
    told = 0
    looked_at = DUTIES_AT_ONCE
    while looked_at == DUTIES_AT_ONCE:
        async with place.database.transaction(CAUSE) as tx:
            swept = await sweep_batch(tx, place.law)
        looked_at, told = swept.looked_at, told + sum(swept.told.values())
    seconds = time.perf_counter() - began
    bare = await _bare(place, told)
    return {
        "notices": told,
        "seconds": round(seconds, 2),
        "memory_grown_mb": round(resident_megabytes() - before, 1),
        "bare_batch_update_seconds": round(bare, 2),
        "times_the_bare_update": round(seconds / bare, 1),
    }


async def _bare(place: Place, count: int) -> float:
    ids = [row["id"] for row in await place.bare.fetch(TO_UPDATE, count)]
    began = time.perf_counter()
    for first in range(0, len(ids), DUTIES_AT_ONCE):
        await place.bare.execute(BARE_UPDATE, ids[first : first + DUTIES_AT_ONCE])
    return time.perf_counter() - began
