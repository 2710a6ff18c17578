"""How many deadlines one process counts a second: with its explanation, and the date alone.

A mix of rules (five working days, 30 and 45 calendar days, 45 with a pause, months, end of month)
that start on every day of four years. Cold: no walk was made before; every case walks. Warm: each
walk was made before, as for duties that start on the days that others started on; what is written
of one duty alone (its evidence, its sentences) is made anew each time.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from statistics import median

from shared.law.counting.deadlines import Deadline, deadline
from shared.law.counting.facts import Fact
from shared.law.counting.walks import WALKS_KEPT, Pause, walked
from shared.law.in_force import Law, load_law

FIRST_START = date(2022, 1, 1)
DAYS = 4 * 365
DAYS_KEPT = WALKS_KEPT // 6
"""So many days that the six walks of each stay kept."""
RULES = (
    ("dynamic-score-to-doj", "receipt", 0),
    ("share-score", "assessment", 0),
    ("decide-application", "complete", 0),
    ("decide-application", "complete", 9),
    ("maintenance-polygraph", "examination", 0),
    ("monthly-contact", "month", 0),
)


@dataclass(frozen=True)
class DeadlineRates:
    """Deadlines a second, of one process."""

    explained_cold: int
    explained_warm: int
    date_cold: int
    date_warm: int


Case = tuple[str, Sequence[Fact], Sequence[Pause]]


def measured(rounds: int = 5) -> DeadlineRates:
    """Return the medians of some rounds."""
    law = load_law("standards-2012")
    cold, warm = _cases(DAYS), _cases(DAYS_KEPT)
    played = [_round(law, cold, warm) for _ in range(rounds)]
    return DeadlineRates(*(int(median(rates)) for rates in zip(*played, strict=True)))


def _round(law: Law, cold: Sequence[Case], warm: Sequence[Case]) -> list[int]:
    rates = []
    for asked in (_explained, _date):
        walked.cache_clear()
        rates.append(_rate(law, cold, asked))
        walked.cache_clear()
        _rate(law, warm, asked)
        rates.append(_rate(law, warm, asked))
    return rates


def _cases(days: int) -> list[Case]:
    cases: list[Case] = []
    for number in range(days):
        start = FIRST_START + timedelta(days=number)
        for rule, fact, stood in RULES:
            began = start + timedelta(days=5)
            pause = Pause(began, began + timedelta(days=stood), "waiting on applicant")
            facts = [Fact(fact, start, f"evidence-{number}")]
            cases.append((rule, facts, [pause] if stood else []))
    return cases


def _rate(law: Law, cases: Sequence[Case], asked: Callable[[Deadline], object]) -> int:
    began = time.perf_counter()
    for rule, facts, pauses in cases:
        asked(deadline(law.edition, rule, facts, law.calendars, pauses))
    return int(len(cases) / (time.perf_counter() - began))


def _explained(counted: Deadline) -> object:
    return counted.explanation.as_json()


def _date(counted: Deadline) -> object:
    return counted.due_on


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(asdict(measured()), indent=2)}\n")
