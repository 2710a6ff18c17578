"""The report of a run: its tables, the same for people, for a file of lines and as JSON."""

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
LIST_COLUMNS = ("", "lines", "seconds", "a second", "aim s", "x bare")
LIST_PLAIN = "{:<42}{:>9}{:>9}{:>9}{:>14}{:>8}"


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


@dataclass(frozen=True)
class ListRow:
    """What was measured of one part of a list's way; `bare` is an insert of as many rows."""

    name: str
    lines: int
    seconds: float
    bare_seconds: float
    aim_seconds: float | None
    is_failed: bool

    @property
    def a_second(self) -> int:
        """How many lines."""
        return round(self.lines / self.seconds)

    @property
    def times_bare(self) -> float:
        """How many times the bare insert."""
        return self.seconds / self.bare_seconds

    @property
    def is_missed(self) -> bool:
        """Whether it did not end as it should, or later."""
        is_slow = self.aim_seconds is not None and self.seconds > self.aim_seconds
        return self.is_failed or is_slow

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as people read it."""
        aim = self.aim_seconds
        said = f"< {aim:g}{' MISSED' if self.is_missed else ''}" if aim else ""
        return (
            self.name,
            f"{self.lines}",
            f"{self.seconds:.1f}",
            f"{self.a_second}",
            "FAILED" if self.is_failed else said,
            f"{self.times_bare:.1f}",
        )


def show(rows: Sequence[Row], lists: Sequence[ListRow]) -> None:
    """Show tables in a terminal, and plain lines where nobody looks."""
    bare = [each.question.is_bare for each in rows]
    _show_table(COLUMNS, PLAIN, rows, bare)
    sys.stdout.write(_machine(rows) + "\n")
    if lists:
        _show_table(LIST_COLUMNS, LIST_PLAIN, lists, [False] * len(lists))


def _show_table(
    columns: Sequence[str], plain: str, rows: Sequence[Row | ListRow], dim: Sequence[bool]
) -> None:
    if not sys.stdout.isatty():
        lines = [plain.format(*columns), *(plain.format(*row.cells) for row in rows)]
        sys.stdout.write("\n".join(lines) + "\n")
        return
    table = Table(box=None, header_style="bold")
    for name in columns:
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for row, is_dim in zip(rows, dim, strict=True):
        style = "bold red" if row.is_missed else "dim" if is_dim else None
        table.add_row(*row.cells, style=style)
    Console().print(table)


def write(rows: Sequence[Row], lists: Sequence[ListRow], path: Path) -> None:
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
    taken = [
        asdict(row) | {"lines_a_second": row.a_second, "times_bare": round(row.times_bare, 2)}
        for row in lists
    ]
    report = {"machine": _machine(rows), "rows": found, "lists": taken}
    path.write_text(json.dumps(report, indent=2) + "\n")


def _machine(rows: Sequence[Row]) -> str:
    loads = [row.load for row in rows]
    return (
        f"One API process, one load generator and PostgreSQL on {os.cpu_count()} processors,"
        f" Python {platform.python_version()}; load meanwhile {min(loads)}-{max(loads)}."
        " cpu ms: the API's processor time for one request; db cpu: PostgreSQL's."
    )
