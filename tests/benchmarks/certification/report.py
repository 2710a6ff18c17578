"""The report of a run: one table, the same for people, for a file of lines and as JSON."""

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.certification.asking import Answered
from benchmarks.certification.costs import Costs
from benchmarks.certification.questions import PAGE_KB, Question

COLUMNS = ("", "a second", "p50 ms", "p95 ms", "p99 ms", "aim", "x bare", "cpu ms", "db cpu", "kB")
PLAIN = "{:<42}{:>9}{:>9}{:>9}{:>9}{:>10}{:>8}{:>8}{:>8}{:>8}"


@dataclass(frozen=True)
class Row:
    """What was measured of one question; `bare` is the bare route's at the same rate."""

    question: Question
    answered: Answered
    costs: Costs
    load: float
    bare: "Row | None"

    @property
    def times_bare(self) -> float:
        """How many times the 95th percentile of the bare route."""
        return self.answered.p95_ms / self.bare.answered.p95_ms if self.bare else 1.0

    @property
    def is_missed(self) -> bool:
        """Whether it failed, was slower than its aim, or a page was heavier than one may be."""
        aim, page = self.question.aim_ms, self.question.name.startswith("directory")
        is_slow = aim is not None and self.answered.p95_ms > aim
        return bool(
            self.answered.failed or is_slow or (page and self.answered.largest_kb > PAGE_KB)
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as people read it."""
        answered, aim = self.answered, self.question.aim_ms
        said = f"< {aim:g}{' MISSED' if self.is_missed else ''}" if aim else ""
        return (
            self.question.name,
            f"{self.question.rate:g}",
            *(f"{each:.1f}" for each in (answered.p50_ms, answered.p95_ms, answered.p99_ms)),
            f"{answered.failed} FAILED" if answered.failed else said,
            f"{self.times_bare:.1f}",
            f"{self.costs.process_ms:.2f}",
            f"{self.costs.database_ms:.2f}",
            f"{answered.largest_kb:.1f}",
        )


def show(rows: Sequence[Row]) -> None:
    """Show a table in a terminal, and plain lines where nobody looks."""
    if not sys.stdout.isatty():
        lines = [PLAIN.format(*COLUMNS), *(PLAIN.format(*row.cells) for row in rows)]
        sys.stdout.write("\n".join([*lines, _machine(rows)]) + "\n")
        return
    table = Table(box=None, header_style="bold")
    for name in COLUMNS:
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for row in rows:
        style = "bold red" if row.is_missed else "dim" if row.question.is_bare else None
        table.add_row(*row.cells, style=style)
    console = Console()
    console.print(table)
    console.print(_machine(rows), style="dim", highlight=False)


def write(rows: Sequence[Row], path: Path) -> None:
    """Write all of it."""
    found = [
        {
            "name": row.question.name.strip(),
            "rate": row.question.rate,
            "aim_ms": row.question.aim_ms,
            **asdict(row.answered),
            **{f"cpu_{name}": round(each, 3) for name, each in asdict(row.costs).items()},
            "times_bare_p95": round(row.times_bare, 2),
            "load": row.load,
        }
        for row in rows
    ]
    path.write_text(json.dumps({"machine": _machine(rows), "rows": found}, indent=2) + "\n")


def _machine(rows: Sequence[Row]) -> str:
    loads = [row.load for row in rows]
    return (
        f"One API process, one load generator and PostgreSQL on {os.cpu_count()} processors,"
        f" Python {platform.python_version()}; load meanwhile {min(loads)}-{max(loads)}."
        " cpu ms: the API's processor time for one request; db cpu: PostgreSQL's."
    )
