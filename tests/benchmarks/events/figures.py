"""Every figure of a run by its name, round by round; what is shown is the median."""

import json
import os
import platform
import statistics
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.events.options import Options

RATIOS = {
    "drain / producer alone, record by record": (
        "publisher drain per_second",
        "producer by record per_second",
    ),
    "drain / producer alone, garbage looked for rarely": (
        "publisher drain per_second",
        "producer tuned per_second",
    ),
    "drain / producer alone, whole batches": (
        "publisher drain per_second",
        "producer by batch per_second",
    ),
    "drain / poller": ("publisher drain per_second", "poller drain per_second"),
    "projection / consumer alone": ("projection per_second", "bare consumer per_second"),
    "p99 at 200/s / bare round trip": ("publisher 200/s p99", "bare 200/s p99"),
    "p99 at 1000/s / bare round trip": ("publisher 1000/s p99", "bare 1000/s p99"),
}
FAULTS = ("lost", "out_of_order", "chain", "twice")


@dataclass
class Figures:
    """What was measured."""

    rounds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FAULTS, 0))
    loads: list[float] = field(default_factory=list)

    def note(self, name: str, measured: Mapping[str, Any]) -> None:
        """Note what one round measured; broken promises are added up, whoever broke them."""
        for key, value in measured.items():
            if key == "faults":
                self.note(name, value)
            elif key in FAULTS:
                self.faults[key] += value or 0
            else:
                self.rounds[f"{name} {key}"].append(value)
        self.loads.append(round(os.getloadavg()[0], 2))

    @property
    def medians(self) -> dict[str, float]:
        """The median of each figure."""
        return {name: statistics.median(values) for name, values in self.rounds.items()}

    @property
    def ratios(self) -> dict[str, float]:
        """What counts on a machine that others use as well: relations within the run."""
        medians = self.medians
        return {
            name: medians[one] / medians[other]
            for name, (one, other) in RATIOS.items()
            if one in medians and other in medians
        }

    def write(self, options: Options) -> None:
        """Write all of it, and what it was measured on."""
        document = {
            "options": {**asdict(options), "report": None},
            "machine": {"cpus": os.cpu_count(), "python": platform.python_version()},
            "load_during": {"least": min(self.loads), "most": max(self.loads)},
            "medians": self.medians,
            "ratios": self.ratios,
            "faults": self.faults,
            "rounds": self.rounds,
        }
        _written(options.report, document)

    def table(self) -> str:
        """Return it for people."""
        lines = [f"{name:<52}{_shown(value):>12}" for name, value in self.medians.items()]
        lines += ["", *(f"{name:<52}{value:>12.2f}" for name, value in self.ratios.items())]
        lines += ["", *(f"{name:<52}{count:>12}" for name, count in self.faults.items())]
        lines.append(f"{'load of the machine meanwhile':<52}{min(self.loads)}-{max(self.loads)}")
        return "\n".join(lines) + "\n"


def _written(path: Path, document: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(document, indent=2) + "\n")


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.4g}"
