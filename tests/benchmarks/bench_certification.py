"""Certification at full size: directory, register, queue, forecast, status, and a list taken in.

    make bench-certification                       about six minutes
    make bench-certification QUICK=1               a tenth of the size, in two
    make bench-certification ONLY=queue            rows with that in the name, and the bare route

One database is filled once; then one API process, as `make run` starts it, is asked over HTTP, each
question alone at a steady rate. Beside each rate stands a bare FastAPI route that reads one row by
its key. A list of 20,000 programs has a database of its own, and a table of its own in the report.
"""

import asyncio
import os
import tempfile
from pathlib import Path

from benchmarks.certification import intake, report
from benchmarks.certification.asking import ask_steadily
from benchmarks.certification.costs import Meter
from benchmarks.certification.questions import COUNTS, Question, questions
from benchmarks.certification.report import ListRow, Row
from benchmarks.certification.scratch import Scratch, Sizes, fill_scratch
from benchmarks.certification.serving import Served, served
from benchmarks.events.servers import postgres_alone, say
from local_system.fresh_databases import FreshDatabases

QUICK = bool(os.environ.get("QUICK"))
ONLY = os.environ.get("ONLY") or ""
REPORT = os.environ.get("REPORT") or ""
WARM_UP = 500
"""Each of the API's connections plans each county's statement once."""


async def main(folder: Path) -> None:
    """Fill, serve, ask, show."""
    sizes = Sizes().tenth() if QUICK else Sizes()
    async with postgres_alone() as postgres:
        databases = FreshDatabases(postgres, folder)
        lists = await _lists(databases)
        url = await asyncio.to_thread(databases.fresh, "certification")
        say(f"filling {sizes}")
        scratch = await fill_scratch(url, sizes)
        async with served(url, folder) as places:
            rows = await _measured(scratch, places)
    report.show(rows, lists)
    if REPORT:
        report.write(rows, lists, Path(REPORT))


async def _lists(databases: FreshDatabases) -> list[ListRow]:
    if not any(ONLY in name for name in intake.NAMES):
        return []
    lines = intake.LINES // (10 if QUICK else 1)
    say(f"taking in a list of {lines:,} programs")
    rows = await intake.measure(databases, lines)
    return [row for row in rows if ONLY in row.name]


async def _measured(scratch: Scratch, places: Served) -> list[Row]:
    rows: list[Row] = []
    bare: Row | None = None
    for question in questions(scratch, places.token):
        if question.is_bare or ONLY in question.name:
            rows.append(await _row(question, scratch, places, bare))
            say(" ".join(rows[-1].cells))
        bare = rows[-1] if question.is_bare else bare
    return rows


async def _row(question: Question, scratch: Scratch, places: Served, bare: Row | None) -> Row:
    process = places.bare_process if question.is_bare else places.api_process
    port = places.bare_port if question.is_bare else places.api_port
    count = COUNTS[question.rate] // (4 if QUICK else 1) or 1
    warm_up = min(WARM_UP, count)
    await ask_steadily(port, question.request, rate=question.rate, count=warm_up)
    meter = Meter(process, scratch.postgres_id)
    before = meter.read()
    answered = await ask_steadily(
        port, lambda n: question.request(warm_up + n), rate=question.rate, count=count
    )
    costs = meter.read().since(before, answered.requests)
    load = round(os.getloadavg()[0], 1)
    return Row(question, answered, costs, load, None if question.is_bare else bare)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="casomb-bench-") as made:
        asyncio.run(main(Path(made)))
