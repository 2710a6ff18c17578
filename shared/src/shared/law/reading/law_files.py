"""The files of the law in layers: the package's, a folder's, and files given for a rehearsal.

A file of an upper layer replaces one with the same name below it. If it extends its own name, it
adds to that file instead, so a special closure takes only a few lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from shared.data_files.data_file import DataFileError, Section, parsed
from shared.law.reading.packaged import packaged_names, packaged_text

SUFFIX = ".yaml"
OF_CALENDARS = frozenset(
    {"covered", "closures", "special_closures", "open_days", "agencies"},
)


class LawKind(StrEnum):
    """What a file contains."""

    EDITION = "edition"
    CALENDAR = "calendar"

    @property
    def folder(self) -> str:
        """The folder of these files."""
        return f"{self}s"


Key = tuple[LawKind, str]


@dataclass(frozen=True)
class LawText:
    """The text of a file, and its name for error messages."""

    where: str
    text: str


Layer = Mapping[Key, LawText]


@dataclass(frozen=True)
class LawFile:
    """A parsed file, with its name as a file."""

    name: str
    where: str
    section: Section

    @property
    def extends(self) -> str | None:
        """The edition or calendar that this one adds to."""
        return self.section.optional_text("extends")


@dataclass(frozen=True)
class LawFiles:
    """Layers of files, the lowest first."""

    layers: tuple[Layer, ...]

    def names(self, kind: LawKind) -> tuple[str, ...]:
        """Return every name of one kind."""
        return tuple(sorted({name for layer in self.layers for of, name in layer if of is kind}))

    def with_text(self, kind: LawKind, name: str, where: str, text: str) -> "LawFiles":
        """Add one more file above all others."""
        return LawFiles((*self.layers, {(kind, name): LawText(where, text)}))

    def chain(self, kind: LawKind, name: str) -> Sequence[LawFile]:
        """Return the file with that name after all those that it extends, the lowest first."""
        depth, file = self._found(kind, name, len(self.layers))
        chain = [file]
        while (below := chain[0].extends) is not None:
            is_same = below == chain[0].name
            found = self._has(kind, below, depth if is_same else len(self.layers))
            if not found:
                raise chain[0].section.fault(f"extends unknown {kind} {below!r}", "extends")
            depth, file = self._found(kind, below, depth if is_same else len(self.layers))
            if file.where in {each.where for each in chain}:
                raise chain[0].section.fault(f"{below} extends itself", "extends")
            chain.insert(0, file)
        return chain

    def _has(self, kind: LawKind, name: str, below: int) -> bool:
        return any((kind, name) in layer for layer in self.layers[:below])

    def _found(self, kind: LawKind, name: str, below: int) -> tuple[int, LawFile]:
        """Parse the file of the highest layer below a depth."""
        depth = max(n for n, layer in enumerate(self.layers[:below]) if (kind, name) in layer)
        found = self.layers[depth][kind, name]
        section = parsed(found.where, found.text)
        if section.text("name") != name:
            raise section.fault(
                f"the file is named {name}, but its {kind} is named {section.text('name')}", "name"
            )
        return depth, LawFile(name, found.where, section)


@cache
def packaged_files() -> LawFiles:
    """Return the package's own files."""
    paths = ((kind, name) for kind in LawKind for name in packaged_names(kind.folder))
    return LawFiles(({(kind, name): _packaged(kind, name) for kind, name in paths},))


def _packaged(kind: LawKind, name: str) -> LawText:
    where = f"{kind.folder}/{name}{SUFFIX}"
    return LawText(where, packaged_text(where))


def files_of_folder(folder: Path) -> Layer:
    """Read a folder with `editions` and `calendars`; anything else in it is refused."""
    if not folder.is_dir():
        raise DataFileError(f"{folder}: the folder does not exist")
    known = {kind.folder: kind for kind in LawKind}
    layer: dict[Key, LawText] = {}
    for path in _visible(folder):
        if path.name not in known or not path.is_dir():
            raise DataFileError(f"{path}: only the folders {' and '.join(known)} are allowed here")
        for file in _visible(path):
            layer[known[path.name], file.stem] = given_text(file)
    return layer


def given_layer(path: Path) -> Layer:
    """Read one file; its contents show whether it is an edition or a calendar."""
    found = given_text(path)
    section = parsed(found.where, found.text)
    is_calendar = bool(OF_CALENDARS & set(section.names()))
    return {(LawKind.CALENDAR if is_calendar else LawKind.EDITION, path.stem): found}


def given_text(path: Path) -> LawText:
    """Read the text of a file outside the package."""
    if path.suffix != SUFFIX:
        raise DataFileError(f"{path}: the name of a file of the law must end in {SUFFIX}")
    try:
        return LawText(str(path), path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataFileError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DataFileError(f"{path}: the file is not UTF-8") from None


def _visible(folder: Path) -> Iterator[Path]:
    """The visible contents of a folder; a mounted ConfigMap keeps its own links in hidden names."""
    return (each for each in sorted(folder.iterdir()) if not each.name.startswith("."))
