"""The archive of Java's classes is made once, and does without where it cannot be made."""

from pathlib import Path

from local_system.class_archive import class_archive_options
from local_system.java import java


def test_the_archive_is_made_once_and_then_used(tmp_path: Path) -> None:
    first = class_archive_options(java(), tmp_path)
    made = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}

    again = class_archive_options(java(), tmp_path)

    assert first == again
    assert [f"-XX:SharedArchiveFile={file}" for file in made] == list(first)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == made


def test_a_java_that_makes_none_is_used_without(tmp_path: Path) -> None:
    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)

    options = class_archive_options(broken, tmp_path / "downloads")

    assert options == ()
    assert list((tmp_path / "downloads").iterdir()) == []
