"""The directory with 20,000 programs and 60,000 providers, asked 200 times a second.

    make bench-directory

Prints one JSON document: each kind of question alone, then all of them mixed, in milliseconds
from the moment a request was due; and beside them a bare health answer of the same process.
"""

import asyncio
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from benchmarks.directory.asking import ask_steadily
from benchmarks.directory.multitude import (
    COUNTIES,
    FIRST,
    LANGUAGES,
    WEIGHTS,
    Sizes,
    make_directory,
)
from benchmarks.events.servers import postgres_alone, say
from faults.service_process import ServiceProcess
from local_system.environment import migration_environment
from local_system.fresh_databases import FreshDatabases

RATE = int(os.environ.get("RATE") or 200)
SECONDS = 10
SIZES = Sizes()
CHANCE = random.Random(290)  # noqa: S311 - the same questions each time


def _county(_: int) -> str:
    return f"/directory?county={CHANCE.choices(COUNTIES, WEIGHTS)[0]}"


def _any_county(_: int) -> str:
    return f"/directory?county={CHANCE.choice(COUNTIES)}"


def _name(_: int) -> str:
    return f"/directory?county=&name={CHANCE.choice(FIRST)[1:].lower()}+{CHANCE.randint(10, 99)}"


def _language(_: int) -> str:
    here = CHANCE.choices(COUNTIES, WEIGHTS)[0]
    return f"/directory?county={here}&language={CHANCE.choice(LANGUAGES)}&accepting_clients=true"


def _entry(_: int) -> str:
    return f"/directory/programs/PRG-{CHANCE.randint(1, SIZES.programs):06d}"


def _json_county(_: int) -> str:
    return f"/v1/directory?county={CHANCE.choices(COUNTIES, WEIGHTS)[0]}"


def _json_entry(_: int) -> str:
    return f"/v1{_entry(0).replace('/programs', '')}"


def _mixed(number: int) -> str:
    return (_county, _any_county, _language, _name, _entry, _entry)[number % 6](number)


QUESTIONS: dict[str, Callable[[int], str]] = {
    "a bare answer": lambda _: "/health/live",
    "start page": lambda _: "/directory",
    "county, as people live": _county,
    "county, each alike": _any_county,
    "language and accepting, as people live": _language,
    "part of a name, all counties": _name,
    "entry": _entry,
    "mixed": _mixed,
    "county as JSON": _json_county,
    "entry as JSON": _json_entry,
}


async def main(folder: Path) -> None:
    """Fill, serve, ask."""
    async with postgres_alone() as postgres:
        url = FreshDatabases(postgres, folder).fresh("certification")
        say(f"making {SIZES.programs:,} programs and {SIZES.providers:,} providers")
        await make_directory(url, SIZES)
        settings = migration_environment("certification", url)
        command = ("certification", "api")
        process = ServiceProcess("certification", folder, command, settings)
        try:
            await process.start()
            await process.until_ready()
            figures = {name: await _asked(process.port, name) for name in QUESTIONS}
        finally:
            await process.stop()
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


async def _asked(port: int, name: str) -> dict[str, float]:
    question = QUESTIONS[name]
    await ask_steadily(port, question, rate=RATE // 4, seconds=3)
    answered = asdict(await ask_steadily(port, question, rate=RATE, seconds=SECONDS))
    say(f"{name}: {answered}")
    return answered


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="casomb-bench-") as made:
        asyncio.run(main(Path(made)))
