"""The event log beside a plain poller and the bare ceilings, in one run, on the same servers.

    make bench-events                      medians of three rounds, about ten minutes
    make bench-events QUICK=1              one small round
    make bench-events LOG=10000000         also with a year's log beneath
    make bench-events BACKLOG=1000000      also the memory of a long backlog

Everything that takes part is a process of its own; what it costs is its processor time. Prints a
table and writes every figure of every round to BENCH (bench-events.json).
"""

import asyncio
import sys

from benchmarks.events.options import options_from
from benchmarks.events.servers import servers
from benchmarks.events.suite import play


async def main() -> None:
    """Measure, print, write."""
    options = options_from()
    async with servers() as both:
        figures = await play(both, options)
    figures.write(options)
    sys.stdout.write(figures.table())
    if any(figures.faults.values()):
        sys.exit("a promise was broken: see above")


if __name__ == "__main__":
    asyncio.run(main())
