"""Workers: each puts mutants into its own copy of the tree and sees whether a test notices."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from queue import SimpleQueue

from local_system.fresh_databases import FreshDatabases
from local_system.lent import Lender
from local_system.postgres import server_of_your_own
from mutants.places import Mutant
from mutants.trees import Tree
from mutants.warm import Outcome, Trial

SERVICES = ("certification", "supervision", "scoring", "doj-gateway")
MUTANT_SECONDS = 60.0
PATIENCE_SECONDS = 60
"""A test that takes longer hangs: the longest in the map takes a sixth of it."""
LATE_AFTER_SECONDS = 8.0
"""Less than the patience of the tests that wait for something."""
CONTROL = '\n\nraise RuntimeError("the control mutant")\n'


@dataclass(frozen=True)
class Tried:
    """A mutant and what became of it."""

    mutant: Mutant
    tests: Sequence[str]
    outcome: Outcome

    @property
    def is_noticed(self) -> bool:
        """A test failed, or could not even begin, or hung."""
        is_over = self.outcome.is_out_of_time or self.outcome.ended in {"0", "5", "no test"}
        return bool(self.outcome.failed) or not is_over

    @property
    def is_by_the_clock(self) -> bool:
        """Whether a test hung."""
        return self.outcome.ended == "hung"


class Worker:
    """A tree and the process that tries what stands in it."""

    def __init__(
        self,
        tree: Tree,
        lent: Lender,
        *,
        patience: int = PATIENCE_SECONDS,
        late_after: float = LATE_AFTER_SECONDS,
    ) -> None:
        self._tree = tree
        self._patience, self._late_after = patience, late_after
        self._log = tree.folder.with_suffix(".log")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mutants.warm", str(lent.folder), str(lent.borrower)],
            cwd=tree.folder,
            env=tree.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, trial: Trial) -> Outcome:
        """Run the tests on the tree as it stands."""
        known = [test for test in trial.tests if (self._tree.folder / _file(test)).is_file()]
        if not known:
            return Outcome(ended="no test")
        said = json.dumps(
            asdict(replace(trial, tests=known, log=str(self._log), patience=self._patience))
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the warm process has no pipes")
        self._process.stdin.write(said + "\n")
        self._process.stdin.flush()
        return Outcome(**json.loads(self._process.stdout.readline()))

    def try_mutant(self, mutant: Mutant, tests: Sequence[str]) -> Tried:
        """Put a mutant in, run its tests, take it out.

        A test that failed after a long wait may have waited for a busy machine: it must fail twice.
        """
        with self._tree.changed(mutant.file, mutant.mutated):
            outcome = self.run(Trial(list(tests), MUTANT_SECONDS))
            is_late = bool(outcome.failed) and outcome.failed_after > self._late_after
            if is_late and not self.run(Trial(outcome.failed, MUTANT_SECONDS)).failed:
                others = [test for test in tests if test not in outcome.failed]
                outcome = self.run(Trial(others, MUTANT_SECONDS))
        return Tried(mutant, tests, outcome)

    def close(self) -> None:
        """End the process, which ends when nothing more is asked of it."""
        self._process.communicate()


def control_of(mutant: Mutant) -> Mutant:
    """Give the mutant of the same file that every test of it must notice."""
    return replace(mutant, operator="control", mutated=mutant.source + CONTROL)


def try_all(
    workers: Sequence[Worker],
    mutants: Sequence[tuple[Mutant, Sequence[str]]],
    tell: Callable[[Tried], None],
) -> list[Tried]:
    """Try every mutant, each at the next worker that is free."""
    free: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def attempt(mutant: Mutant, tests: Sequence[str]) -> Tried:
        worker = free.get()
        try:
            tried = worker.try_mutant(mutant, tests)
        finally:
            free.put(worker)
        tell(tried)
        return tried

    with ThreadPoolExecutor(len(workers)) as threads:
        return list(threads.map(lambda one: attempt(*one), mutants))


def prepare_servers(lent: Lender) -> None:
    """Start the servers and migrate a template for each service, before anything is changed."""
    own = server_of_your_own()
    databases = FreshDatabases(own or lent.borrow("postgres"), lent.folder)
    for service in SERVICES:
        databases.drop(databases.fresh(service))


def give_back(lent: Lender) -> None:
    """Stop the servers, and drop what was made on a server that stays."""
    if own := server_of_your_own():
        FreshDatabases(own, lent.folder).drop_templates()
    lent.give_back()


def new_lender(folder: Path) -> Lender:
    """Make what lends servers to all trials, for as long as this process lives."""
    folder.mkdir(parents=True, exist_ok=True)
    return Lender(folder, os.getpid())


def _file(test: str) -> str:
    return test.partition("::")[0]
