"""A process that has imported what never changes, and forks for each trial: `… FOLDER PROCESS`.

A trial is a line of JSON on standard input, its outcome a line on standard output. The folder and
the process are those of the lent servers, so that PostgreSQL and Kafka start once for all trials.
"""

import json
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib import import_module

import pytest
from hypothesis import Phase, settings

NEVER_CHANGE = (
    "aiokafka", "alembic", "asyncpg", "cryptography.fernet", "fastapi.routing", "httpx",
    "hypothesis.strategies", "jinja2", "jsonschema", "jwt", "opentelemetry.trace",
    "prometheus_client", "psutil", "pydantic_settings", "pytest_asyncio", "schemathesis",
    "sqlalchemy.ext.asyncio", "sqlalchemy.dialects.postgresql.asyncpg", "structlog",
    "time_machine", "uvicorn", "yaml",
)  # fmt: skip
START_SECONDS = 60
"""Time for the imports of all that is tested, on a busy machine."""


@dataclass(frozen=True)
class Trial:
    """Tests to run, in this order, until one fails or the time is over."""

    tests: list[str]
    seconds: float
    patience: int = 60
    """The seconds after which a single test hangs."""
    log: str = os.devnull
    stops_at_first: bool = True


@dataclass
class Outcome:
    """What came of it."""

    ran: int = 0
    failed: list[str] = field(default_factory=list)
    failed_after: float = 0.0
    """The seconds that the test ran which failed."""
    is_out_of_time: bool = False
    ended: str = ""
    """pytest's exit code, or "hung"."""


class Trying:
    """A pytest plugin: runs the chosen tests on the lent servers and notes what fails."""

    def __init__(self, trial: Trial, outcome: Outcome, lent: dict[str, object]) -> None:
        self._trial, self._outcome, self._lent = trial, outcome, lent
        self._deadline = time.monotonic() + trial.seconds
        self._began = time.monotonic()

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Say where the lent servers are, as pytest-xdist says it to its workers."""
        config.workerinput = self._lent  # type: ignore[attr-defined] # pytest-xdist's own way

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen tests, in their order."""
        found = {item.nodeid: item for item in items}
        items[:] = [found[test] for test in self._trial.tests if test in found]

    def pytest_runtest_logstart(self) -> None:
        """Give each test its time: the signal ends a process that hangs, in C code too."""
        signal.alarm(self._trial.patience)
        self._began = time.monotonic()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that cannot be imported any more."""
        if report.failed:
            self._outcome.failed.append(report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure, in setup and teardown too."""
        self._outcome.ran += report.when == "call"
        if report.failed and report.nodeid not in self._outcome.failed:
            self._outcome.failed.append(report.nodeid)
            self._outcome.failed_after = time.monotonic() - self._began

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Let this test be the last one when the time is over."""
        if time.monotonic() > self._deadline:
            self._outcome.is_out_of_time = True
            item.session.shouldstop = "the time is over"


def main(folder: str, borrower: int) -> None:
    """Serve trials until standard input ends."""
    for name in NEVER_CHANGE:
        with suppress(ImportError):
            import_module(name)
    # The same examples each time, and the first that fails is enough.
    settings.register_profile("mutants", derandomize=True, phases=[Phase.explicit, Phase.generate])
    settings.load_profile("mutants")
    for line in sys.stdin:
        outcome = _fork(Trial(**json.loads(line)), {"lent_folder": folder, "lent_to": borrower})
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
        sys.stdout.flush()


def _fork(trial: Trial, lent: dict[str, object]) -> Outcome:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(trial, lent, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return Outcome(**json.loads(said)) if said else Outcome(ended=_ending(status))


def _ending(status: int) -> str:
    is_hung = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
    return "hung" if is_hung else f"died ({status})"


def _run(trial: Trial, lent: dict[str, object], writing: int) -> None:
    os.setsid()
    log = os.open(trial.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream, target in ((os.open(os.devnull, os.O_RDONLY), 0), (log, 1), (log, 2)):
        os.dup2(stream, target)
    signal.alarm(START_SECONDS)
    outcome = Outcome()
    options = ["-q", "--tb=short", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"]
    options += ["-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"]
    options += ["-x"] if trial.stops_at_first else []
    files = dict.fromkeys(test.partition("::")[0] for test in trial.tests)
    code = pytest.main([*options, *files], plugins=[Trying(trial, outcome, lent)])
    outcome.ended = str(int(code))
    os.write(writing, json.dumps(asdict(outcome)).encode())
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
