"""A pytest plugin for the run that records the map: how long each test took, and if it passed."""

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

FILE = "MUTANTS_RECORD"
"""The environment variable that names the file to write."""


class Recording:
    """Gathers what every phase of every test reports, in the process that runs the others."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seconds: dict[str, float] = defaultdict(float)
        self._failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add a phase: setup and teardown are part of what a test costs."""
        self._seconds[report.nodeid] += report.duration
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write the file."""
        seconds = {test: round(took, 3) for test, took in self._seconds.items()}
        self._file.write_text(json.dumps({"seconds": seconds, "failed": sorted(self._failed)}))


def pytest_configure(config: pytest.Config) -> None:
    """Record in the process that runs the others."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recording(Path(os.environ[FILE])))
