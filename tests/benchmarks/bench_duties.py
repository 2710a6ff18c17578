"""The ledger with a million open duties: lists, a sweep, a rehearsal, and what opening costs.

Then the overview with as many of all services.

    make bench-duties                 about eight minutes
    make bench-duties OPEN=100000     a smaller ledger

Prints one JSON document; beside what is ours stand a bare read by key and a bare batch update of
the same run.
"""

import asyncio
import json
import os
import sys
from dataclasses import asdict

from benchmarks.duties import deadlines, lists, opening, overview, rehearsals, sweeping
from benchmarks.duties.place import new_place
from benchmarks.duties.seed import Sizes, make_ledger
from benchmarks.events.servers import postgres_alone, say

OPEN = int(os.environ.get("OPEN") or 1_000_000)
SIZES = Sizes(open=OPEN, near=OPEN // 100, closed=OPEN // 2)


async def main() -> None:
    """Measure, and print."""
    figures: dict[str, object] = {"open_duties": SIZES.open, "closed_duties": SIZES.closed}
    say("deadlines")
    figures["deadlines per second"] = asdict(deadlines.measured())
    async with postgres_alone() as postgres, new_place(postgres) as place:
        say(f"making a ledger of {SIZES.open:,} open duties and {SIZES.closed:,} closed ones")
        await make_ledger(place.bare, place.law, SIZES)
        for name, part in (
            ("opening", opening),
            ("lists", lists),
            ("sweep", sweeping),
            ("rehearsals", rehearsals),
        ):
            say(name)
            figures[name] = await part.measure(place)
        say("overview")
        figures["overview"] = await overview.measure(postgres, OPEN)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    asyncio.run(main())
