"""What of the benchmark is asked for, by environment, as `make` passes it on."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """Sizes and seconds; `log` and `backlog` ask for the two long runs."""

    rounds: int
    events: int
    steady_seconds: float
    idle_seconds: float
    log: int
    backlog: int
    report: Path


def options_from(environment: Mapping[str, str] = os.environ) -> Options:
    """Read QUICK, ROUNDS, LOG (rows of an old log), BACKLOG (events of a long one) and BENCH."""
    is_quick = bool(environment.get("QUICK"))
    return Options(
        rounds=int(environment.get("ROUNDS") or (1 if is_quick else 3)),
        events=20_000 if is_quick else 100_000,
        steady_seconds=4.0 if is_quick else 10.0,
        idle_seconds=5.0 if is_quick else 20.0,
        log=int(environment.get("LOG") or 0),
        backlog=int(environment.get("BACKLOG") or 0),
        report=Path(environment.get("BENCH") or "bench-events.json"),
    )
