"""What is said at the end: the score, the survivors with their change, and which tests ran."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mutants.trying import Tried

SHOWN_TESTS = 3


def line_of(tried: Tried) -> str:
    """One line while the run goes on."""
    return f"{_word(tried):<9} {_place(tried)}  {_by(tried)}"


def score(tried: Sequence[Tried]) -> float:
    """Per cent of the mutants that were noticed; all of none."""
    return 100 * sum(one.is_noticed for one in tried) / len(tried) if tried else 100.0


def summary(tried: Sequence[Tried]) -> str:
    """The survivors, grouped by distribution, then the numbers."""
    alive = sorted((one for one in tried if not one.is_noticed), key=_place)
    counts: Counter[str] = Counter(_distribution(one) for one in tried)
    survived: Counter[str] = Counter(_distribution(one) for one in alive)
    lines = [text for one in alive for text in _survivor(one)]
    lines += [
        f"  {name:<15} {counts[name] - survived[name]} of {counts[name]}" for name in sorted(counts)
    ]
    by_clock = sum(one.is_by_the_clock for one in tried)
    total = f"{len(tried) - len(alive)} of {len(tried)} mutants noticed ({score(tried):.1f} %)"
    return "\n".join([*lines, f"{total}, {by_clock} of them by the clock"])


def write(tried: Sequence[Tried], file: Path) -> None:
    """Write everything, for a later comparison."""
    told = [
        {
            "file": one.mutant.file,
            "line": one.mutant.line,
            "operator": one.mutant.operator,
            "was": one.mutant.was,
            "becomes": one.mutant.becomes,
            "outcome": _word(one),
            "noticed_by": one.outcome.failed,
            "tests_run": one.outcome.ran,
            "tests": list(one.tests),
        }
        for one in tried
    ]
    file.write_text(json.dumps(told, indent=1) + "\n")


def _survivor(tried: Tried) -> list[str]:
    change = [f"    {line}" for line in tried.mutant.diff().splitlines()]
    return [f"SURVIVED {_place(tried)}  {tried.mutant.operator}", *change, f"    {_by(tried)}", ""]


def _word(tried: Tried) -> str:
    if tried.is_by_the_clock:
        return "clock"
    return "noticed" if tried.is_noticed else "SURVIVED"


def _by(tried: Tried) -> str:
    if tried.outcome.failed:
        return f"by {tried.outcome.failed[0]}"
    if not tried.tests:
        return "no test runs this line"
    if tried.is_noticed:
        return f"pytest ended: {tried.outcome.ended}"
    files = list(dict.fromkeys(test.partition("::")[0] for test in tried.tests))
    more = f" and {len(files) - SHOWN_TESTS} files more" if len(files) > SHOWN_TESTS else ""
    time = ", until the time was over" if tried.outcome.is_out_of_time else ""
    return f"{tried.outcome.ran} tests of {', '.join(files[:SHOWN_TESTS])}{more}{time}"


def _place(tried: Tried) -> str:
    return f"{tried.mutant.file}:{tried.mutant.line}"


def _distribution(tried: Tried) -> str:
    return tried.mutant.file.partition("/src/")[0].rpartition("/")[2]
