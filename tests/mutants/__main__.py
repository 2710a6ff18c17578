"""Put small errors into copies of the project and count how many the tests notice.

make mutants                          400 mutants, drawn by SEED=14
make mutants SINCE=main COUNT=50      on the lines that differ from main
make mutants-map                      record anew which test runs which line
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mutants import line_map, report, trying
from mutants.confirming import confirmed, failing_anyway
from mutants.equivalents import Equivalents
from mutants.line_map import LineMap
from mutants.places import Mutant
from mutants.sampling import changed_lines, draw, mutated_files
from mutants.trees import copy_tree
from mutants.trying import Tried, Worker

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".mutants"
MAP = FOLDER / "map"


def main() -> int:
    """Do what was asked; 0 where the goal is reached."""
    asked = _arguments()
    if asked.record or not (MAP / "record.json").exists():
        say("recording which test runs which line: takes as long as these tests take")
        line_map.record(ROOT, MAP, asked.workers)
    lines = LineMap(MAP)
    say(_age(lines))
    if asked.record:
        return 0
    equivalents = Equivalents.read()
    if unmatched := equivalents.unmatched(ROOT):
        say("\n".join(f"no mutant answers to {entry}" for entry in unmatched))
        return 2
    only = changed_lines(ROOT, asked.since) if asked.since else None
    files = mutated_files(ROOT)
    drawn = draw(
        ROOT, files, seed=asked.seed, count=asked.count, only=only, equivalents=equivalents
    )
    chosen = [(one, lines.tests_of(one)) for one in drawn]
    left_out = f"{len(equivalents.entries)} known as equivalent are left out"
    say(f"{len(drawn)} mutants drawn by seed {asked.seed}, {left_out}")
    tried = _play(chosen, asked.workers)
    report.write(tried, Path(asked.report))
    say(report.summary(tried))
    return 0 if report.score(tried) >= asked.goal else 1


def _play(chosen: Sequence[tuple[Mutant, Sequence[str]]], workers: int) -> list[Tried]:
    with ExitStack() as stack:
        servers = Path(tempfile.mkdtemp(prefix="casomb-mutants-"))
        stack.callback(shutil.rmtree, servers, ignore_errors=True)
        lent = trying.new_lender(servers)
        stack.callback(trying.give_back, lent)
        trying.prepare_servers(lent)
        started = []
        for number in range(workers):
            started.append(Worker(copy_tree(ROOT, FOLDER / f"tree-{number}"), lent))
            stack.callback(started[-1].close)
        _control(started, chosen)
        tried = trying.try_all(started, chosen, lambda one: say(report.line_of(one)))
        if failing := failing_anyway(started[0], tried):
            say("these tests fail without any mutant too:", *sorted(failing))
        return confirmed(started[0], tried, failing)


def _control(workers: Sequence[Worker], chosen: Sequence[tuple[Mutant, Sequence[str]]]) -> None:
    """Prove of every distribution that a copy's own files are what its tests import."""
    by_distribution = {
        one.file.partition("/src/")[0]: (one, tests) for one, tests in chosen if tests
    }
    for worker in workers:
        for mutant, tests in by_distribution.values():
            unchanged = worker.try_mutant(replace(mutant, mutated=mutant.source), tests[:1])
            control = worker.try_mutant(trying.control_of(mutant), tests[:1])
            if unchanged.is_noticed or not control.is_noticed:
                raise SystemExit(
                    f"the control in {mutant.file} was not noticed: nothing here counts"
                )
    say(f"the control was noticed in {', '.join(sorted(by_distribution))}")


def _age(lines: LineMap) -> str:
    hours = (datetime.now(UTC) - lines.recorded_at).total_seconds() / 3600
    changed = lines.changed_files(ROOT)
    failed = "".join(
        f"\n  {test} failed as it was recorded and is left out" for test in lines.failed
    )
    return f"the map is {hours:.1f} hours old, {changed} files changed since{failed}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--since", default="")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--goal", type=float, default=95.0)
    parser.add_argument("--report", default=str(FOLDER / "report.json"))
    parser.add_argument("--record", action="store_true")
    return parser.parse_args()


def say(*lines: str) -> None:
    """Tell the terminal, at once."""
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
