"""A test that fails without a mutant notices nothing: those that noticed are run once more."""

from collections.abc import Sequence

from mutants.trying import Tried, Worker
from mutants.warm import Trial

CONFIRM_SECONDS = 1800.0


def failing_anyway(worker: Worker, tried: Sequence[Tried]) -> set[str]:
    """Run every test that noticed a mutant on the unchanged tree; give those that fail there."""
    noticed = dict.fromkeys(test for one in tried for test in one.outcome.failed if "::" in test)
    trial = Trial(sorted(noticed), CONFIRM_SECONDS, stops_at_first=False)
    return set(worker.run(trial).failed)


def confirmed(worker: Worker, tried: Sequence[Tried], failing: set[str]) -> list[Tried]:
    """Try the mutants once more that only such a test noticed, without it."""
    return [
        _again(worker, one, failing) if failing & set(one.outcome.failed) else one for one in tried
    ]


def _again(worker: Worker, one: Tried, failing: set[str]) -> Tried:
    return worker.try_mutant(one.mutant, [test for test in one.tests if test not in failing])
