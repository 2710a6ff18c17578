"""A pytest plugin: one line for each row of the failure matrix, when it is over.

`make test-faults` loads it; the rows are the tests' own names.
"""

from collections import defaultdict

import pytest

Status = tuple[str, str, str]


class RowReport:
    """Writes the lines; setup and teardown count, since starting and stopping is work too."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal
        self._seconds: dict[str, float] = defaultdict(float)
        self._outcomes: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write the line once the test has been torn down."""
        self._seconds[report.nodeid] += report.duration
        if report.when == "call" or report.outcome != "passed":
            self._outcomes[report.nodeid] = report.outcome
        if report.when == "teardown":
            said = {"passed": "ok", "failed": "FAILED"}
            outcome = self._outcomes.pop(report.nodeid, "failed")
            seconds = self._seconds.pop(report.nodeid)
            line = f"{said.get(outcome, outcome):<8}{seconds:6.1f} s  {row_of(report.nodeid)}"
            self._terminal.write_line(line)

    def pytest_report_teststatus(self, report: pytest.TestReport) -> Status | None:
        """Count as ever, without a dot."""
        if report.when == "call" or report.outcome != "passed":
            return report.outcome, "", report.outcome.upper()
        return "", "", ""


def row_of(nodeid: str) -> str:
    """Read a test's name as the sentence it is."""
    name, _, case = nodeid.rpartition("::")[2].partition("[")
    words = name.removeprefix("test_").replace("_", " ")
    return f"{words}: {case.removesuffix(']')}" if case else words


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Write lines where there is a terminal: in the process that runs the others."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if isinstance(terminal, pytest.TerminalReporter) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(RowReport(terminal))
