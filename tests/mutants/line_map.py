"""Which tests ran which line: recorded once by coverage.py, kept outside git, asked per mutant.

The map is recorded in a copy of the tree and keeps it, so that a line is found again by its
surroundings after the file has changed.
"""

import difflib
import json
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path

from coverage.numbits import numbits_to_nums

from mutants import recording
from mutants.places import Mutant
from mutants.trees import Tree, copy_tree

MEASURED = ("tests/unit", "tests/integration", "tests/contract")
NOT_MEASURED = (
    "tests/unit/local", "tests/integration/local", "tests/unit/mutants", "tests/contract/alerts",
    "tests/contract/asyncapi", "tests/contract/manifests",
    *(f"tests/contract/http/test_{name}.py" for name in (
        "api_under_fuzzing", "heads_under_fuzzing", "openapi_says_enough", "wrong_addresses",
        "wrong_bodies",
    )),
)  # fmt: skip
"""Tests of tools and manifests, and those that ask every operation the same: no rule is theirs."""
LONGEST_SECONDS = 10
MOST_TESTS = 250
MOST_CASES = 5
"""Of one parametrized test; the cases beyond these seldom see more."""
NEAR_LINES = 10
DOCUMENT = (
    "tests/contract/test_openapi_is_current.py"
    "::test_the_committed_document_is_the_generated_one[{}]"
)
"""Holds the shapes and descriptions of a service's routes against its committed document."""
SCHEMA = (
    "tests/integration/database/test_schema.py"
    "::test_migrations_make_exactly_the_tables_of_the_code[{}]"
)
"""Holds the tables of a service, and those of shared in it, against what the migrations make."""
AT_IMPORT = ""
"""What stands for a test where a line ran as its module was imported."""


class LineMap:
    """The recorded map in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.tree = Tree(folder / "tree")
        recorded = json.loads((folder / "record.json").read_text())
        self._seconds: dict[str, float] = recorded["seconds"]
        self.failed: list[str] = recorded["failed"]
        self._data = sqlite3.connect(folder / "coverage")
        self._data.create_function("bits", 1, lambda bits: int.from_bytes(bits).bit_count())

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded."""
        return datetime.fromtimestamp((self._folder / "record.json").stat().st_mtime, UTC)

    def changed_files(self, root: Path) -> int:
        """How many files of sources and tests are not what they were when it was recorded."""
        now, then = _hashes(root), _hashes(self.tree.folder)
        return sum(now.get(name) != then.get(name) for name in now.keys() | then.keys())

    def tests_of(self, mutant: Mutant) -> Sequence[str]:
        """Give the tests that ran the mutant's lines, the most specific first.

        For lines that run at import alone, those that ran any function of the module, then those
        that ran a module that imports it. Such a line of an API is in the API's document too.
        Tables are made at import, whoever ran their lines once more.
        """
        ran = self._tests_by_line(mutant.file)
        before = _lines_before(_text(self.tree.folder / mutant.file), mutant.source)
        found = _near(ran, before, mutant.line, mutant.last_line)
        about = f"{mutant.file} {mutant.inside}"
        schemas = [_schema_of(mutant.file)] if AT_IMPORT in found and _is_of_tables(mutant) else []
        if found != {AT_IMPORT}:
            return [*schemas, *self._most_specific(found, about)]
        own = set().union(*ran.values())
        users = [self._tests_by_line(user) for user in self._importers(mutant.file)]
        others = {test for user in users for tests in user.values() for test in tests} - own
        documents = [_document_of(mutant.file)] if "/api/" in mutant.file else []
        rest = [*self._most_specific(own, about), *self._most_specific(others, about)]
        return [*schemas, *documents, *rest]

    def _most_specific(self, tests: Collection[str], about: str) -> Sequence[str]:
        words = _words(about)
        ranked = sorted(
            (
                test
                for test in set(tests) - {AT_IMPORT}
                if self._seconds.get(test, 0) <= LONGEST_SECONDS
            ),
            key=lambda test: (-len(words & _words(test)), self._sizes.get(test, 0), test),
        )
        chosen: list[str] = []
        cases: Counter[str] = Counter()
        for test in ranked:
            cases[test.partition("[")[0]] += 1
            if cases[test.partition("[")[0]] <= MOST_CASES and test not in self.failed:
                chosen.append(test)
        return _by_file(chosen[:MOST_TESTS])

    @cached_property
    def _sizes(self) -> dict[str, int]:
        rows = self._data.execute(
            "SELECT context, SUM(bits(numbits)) FROM line_bits JOIN context "
            "ON context.id = context_id GROUP BY context"
        )
        sizes: Counter[str] = Counter()
        for context, lines in rows:
            sizes[_test(context)] += lines
        return sizes

    def _tests_by_line(self, file: str) -> dict[int, set[str]]:
        rows = self._data.execute(
            "SELECT context, numbits FROM line_bits JOIN context ON context.id = context_id "
            "JOIN file ON file.id = file_id WHERE path = ?",
            [file],
        )
        ran: dict[int, set[str]] = {}
        for context, bits in rows:
            for line in numbits_to_nums(bits):
                ran.setdefault(line, set()).add(_test(context))
        return ran

    @cache  # noqa: B019 - a map lives as long as the process
    def _importers(self, file: str) -> Sequence[str]:
        package, _, name = (
            file.partition("/src/")[2].removesuffix(".py").replace("/", ".").rpartition(".")
        )
        names = re.compile(rf"from {re.escape(package)}(\.{name} import|\simport .*\b{name}\b)")
        sources = self.tree.folder.glob("s*/**/src/**/*.py")
        return [
            path.relative_to(self.tree.folder).as_posix()
            for path in sources
            if names.search(path.read_text())
        ]


def record(root: Path, folder: Path, workers: int) -> None:
    """Run the tests with coverage.py, each in a context of its own; takes as long as they take."""
    tree = copy_tree(root, folder / "tree")
    place = {recording.FILE: str(folder / "record.new"), "COVERAGE_FILE": str(folder / "coverage")}
    options = ["-q", "-n", str(workers), "--dist", "loadfile", "-m", "not long"]
    options += ["-p", "mutants.recording", "-p", "no:cacheprovider"]
    options += [
        "--cov",
        "--cov-context=test",
        "--cov-report=",
        "--cov-config=tests/mutants/coverage.ini",
    ]
    options += [f"--ignore={name}" for name in NOT_MEASURED]
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, *MEASURED],
        cwd=tree.folder,
        env=tree.environment() | place,
        check=False,
    )
    (folder / "record.new").replace(folder / "record.json")


def _document_of(file: str) -> str:
    """Give the test of the document that a file's routes are in; shared's are in all of them."""
    service = re.search(r"^services/.*/src/(\w+)/", file)
    return DOCUMENT.format(service[1] if service else "certification")


def _is_of_tables(mutant: Mutant) -> bool:
    return re.search(r"tables?(/\w+)?\.py$", mutant.file) is not None


def _schema_of(file: str) -> str:
    """Give the test of the schema that a file's tables are in; supervision has all of shared's."""
    service = re.search(r"^services/([\w-]+)/", file)
    return SCHEMA.format(service[1] if service else "supervision")


def _near(ran: dict[int, set[str]], before: dict[int, int], first: int, last: int) -> set[str]:
    exact = {test for line in range(first, last + 1) for test in ran.get(before.get(line, 0), ())}
    if exact or any(line in before for line in range(first, last + 1)):
        return exact
    around = range(first - NEAR_LINES, last + NEAR_LINES + 1)
    return {test for line in around for test in ran.get(before.get(line, 0), ())}


def _lines_before(then: str, now: str) -> dict[int, int]:
    """Give the number that each line had; a line that is new has none."""
    matcher = difflib.SequenceMatcher(None, then.splitlines(), now.splitlines(), autojunk=False)
    return {
        block.b + place + 1: block.a + place + 1
        for block in matcher.get_matching_blocks()
        for place in range(block.size)
    }


def _by_file(tests: Sequence[str]) -> list[str]:
    """Keep the tests of one file together: what a file's tests share is then made once."""
    files: dict[str, list[str]] = {}
    for test in tests:
        files.setdefault(test.partition("::")[0], []).append(test)
    return [test for tests in files.values() for test in tests]


def _words(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{4,}", text.lower())} - {"tests", "test"}


def _test(context: str) -> str:
    return context.rpartition("|")[0]


def _text(path: Path) -> str:
    return path.read_text() if path.is_file() else ""


def _hashes(folder: Path) -> dict[Path, int]:
    sources = [*folder.glob("s*/**/src/**/*.py"), *folder.glob("tests/**/*.py")]
    return {path.relative_to(folder): hash(path.read_bytes()) for path in sources}
