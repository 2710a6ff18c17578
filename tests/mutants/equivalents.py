"""Mutants that change nothing anybody could notice, each named with its reason by a person.

They are known by the words of the line, so that an entry holds where the line moves and fails where
it is gone: an entry that no mutant answers to is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import yaml

from mutants.places import Mutant, SyntaxFile

FILE = Path(__file__).with_name("equivalent.yaml")


@dataclass(frozen=True)
class Equivalent:
    """An entry of the file."""

    file: str
    was: str
    becomes: str
    reason: str


@dataclass(frozen=True)
class Equivalents:
    """All that are named."""

    entries: Sequence[Equivalent] = ()

    @classmethod
    def read(cls, path: Path = FILE) -> Self:
        """Read the file; every entry has all four words."""
        return cls([Equivalent(**entry) for entry in yaml.safe_load(path.read_text()) or []])

    def has(self, mutant: Mutant) -> bool:
        """Whether a mutant is named."""
        return any(_is_same(entry, mutant) for entry in self.entries)

    def unmatched(self, root: Path) -> list[Equivalent]:
        """Give the entries that no mutant of their file answers to."""
        return [entry for entry in self.entries if not _is_found(root, entry)]


def _is_found(root: Path, entry: Equivalent) -> bool:
    path = root / entry.file
    if not path.is_file():
        return False
    syntax = SyntaxFile(entry.file, path.read_text())
    return any(_is_same(entry, mutant) for mutant in syntax.mutants(entry.was))


def _is_same(entry: Equivalent, mutant: Mutant) -> bool:
    same_file = entry.file == mutant.file
    return same_file and entry.was == mutant.was and entry.becomes == mutant.becomes
