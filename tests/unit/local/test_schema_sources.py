"""A change of anything that decides a schema changes the mark by which its record is found."""

from pathlib import Path

import pytest

from local_system import schema_sources
from local_system.schema_sources import fingerprint


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A service of two migrations, the first of which uses a module and the SQL beside it."""
    versions = tmp_path / "storage" / "migrations" / "versions"
    versions.mkdir(parents=True)
    (versions / "0001_first.py").write_text("from scoring.kernel import revisions\n")
    (versions / "0002_second.py").write_text("import os\n")
    (tmp_path / "kernel").mkdir()
    (tmp_path / "kernel" / "revisions.py").write_text("")
    (tmp_path / "kernel" / "first.sql").write_text("")
    (tmp_path / "unused.py").write_text("")
    monkeypatch.setattr(schema_sources, "_folder_of", lambda _: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "changed",
    [
        "storage/migrations/versions/0002_second.py",
        "storage/migrations/versions/0003_third.py",
        "kernel/revisions.py",
        "kernel/first.sql",
        "kernel/second.sql",
    ],
)
def test_a_changed_or_added_source_is_another_schema(package: Path, changed: str) -> None:
    before = fingerprint(["scoring"])

    (package / changed).write_text("# changed\n")

    assert fingerprint(["scoring"]) != before


def test_a_module_that_no_migration_uses_decides_nothing(package: Path) -> None:
    before = fingerprint(["scoring"])

    (package / "unused.py").write_text("# changed\n")

    assert fingerprint(["scoring"]) == before
