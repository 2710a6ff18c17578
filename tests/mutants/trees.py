"""A copy of the project's files, into which mutants are put: never the working tree."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DISTRIBUTIONS = ("shared", "services/*", "services/doj-gateway/simulator", "deploy/local")


@dataclass(frozen=True)
class Tree:
    """A folder with the layout of the project."""

    folder: Path

    def environment(self) -> dict[str, str]:
        """What a process needs to import this tree's sources and not those that are installed."""
        sources = [path for name in DISTRIBUTIONS for path in self.folder.glob(f"{name}/src")]
        return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, [*sources, self._tests]))}

    @contextmanager
    def changed(self, file: str, text: str) -> Iterator[None]:
        """Let a file say something else for a while; its compiled form goes with each change."""
        path = self.folder / file
        before = path.read_text()
        try:
            _write(path, text)
            yield
        finally:
            _write(path, before)

    @property
    def _tests(self) -> Path:
        return self.folder / "tests"


def copy_tree(root: Path, folder: Path) -> Tree:
    """Copy what git knows of the working tree as it is now, with what is new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    shutil.rmtree(folder, ignore_errors=True)
    for name in listed.stdout.split("\0"):
        if name and (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
    return Tree(folder)


def _write(path: Path, text: str) -> None:
    # Python knows a compiled file by second and size, which a mutant may share with the original.
    path.write_text(text)
    for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        compiled.unlink(missing_ok=True)
