"""How much processor time processes have used, which a busy machine does not change by much."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PARENT, USER, SYSTEM = 1, 11, 12
"""Places in /proc/*/stat behind the process's name."""


@dataclass(frozen=True)
class Costs:
    """Milliseconds of processor time: of the asked process, and of PostgreSQL's connections."""

    process_ms: float
    database_ms: float

    def since(self, before: "Costs", requests: int) -> "Costs":
        """What each of so many requests took since then."""
        return Costs(
            (self.process_ms - before.process_ms) / requests,
            (self.database_ms - before.database_ms) / requests,
        )


@dataclass(frozen=True)
class Meter:
    """Looks at one process, and at the PostgreSQL that its connections belong to."""

    process_id: int
    postgres_id: int

    def read(self) -> Costs:
        """What both have used until now."""
        server = sum(_milliseconds(each) for each in _stats() if _is_of(each, self.postgres_id))
        return Costs(_milliseconds(_stat(self.process_id)), server)


def parent_of(process_id: int) -> int:
    """The process that started it; PostgreSQL's own for one of its connections."""
    return int(_stat(process_id)[PARENT])


def _is_of(stat: list[str], parent: int) -> bool:
    return int(stat[PARENT]) == parent


def _milliseconds(stat: list[str]) -> float:
    return (int(stat[USER]) + int(stat[SYSTEM])) * 1000 / TICKS


def _stat(process_id: int) -> list[str]:
    return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()


def _stats() -> list[list[str]]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                found.append(_stat(int(folder.name)))
            except OSError:
                continue  # it has ended meanwhile
    return found
