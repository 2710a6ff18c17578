"""The sample: drawn by a seed, and the same for lines that other changes leave as they are."""

import hashlib
import subprocess
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path

from mutants.equivalents import Equivalents
from mutants.places import Mutant, Place, SyntaxFile

SERVICES = "services/*/src/*"
SHARED_ROOMS = ("law", "data_files", "work_items", "credentials", "security", "visibility")
MUTATED = (
    *(f"{SERVICES}/{room}/**/*.py" for room in ("domain", "use_cases", "storage")),
    f"{SERVICES}/consumed.py",
    *(f"shared/src/**/{room}/**/*.py" for room in SHARED_ROOMS),
    *(f"shared/src/**/{file}.py" for file in ("authorities", "counties")),
)
"""The rules and what keeps them: what is wrong there is wrong for somebody."""


def mutated_files(root: Path) -> list[str]:
    """Every file that mutants are drawn from."""
    found = {path for pattern in MUTATED for path in root.glob(pattern)}
    names = sorted(path.relative_to(root).as_posix() for path in found)
    return [name for name in names if "/migrations/" not in name and "/testing/" not in name]


def changed_lines(root: Path, revision: str) -> Mapping[str, Collection[int]]:
    """Give the lines of each file that were added or changed since a revision."""
    shown = _git(root, "diff", "--unified=0", "--no-color", "--no-ext-diff", revision, "--", "*.py")
    lines: dict[str, set[int]] = defaultdict(set)
    file = ""
    for line in shown.splitlines():
        if line.startswith("+++ "):
            file = line.removeprefix("+++ b/")
        elif line.startswith("@@ "):
            start, _, count = line.split("+")[1].split(" ")[0].partition(",")
            lines[file] |= set(range(int(start), int(start) + int(count or 1)))
    for file in _git(root, "ls-files", "--others", "--exclude-standard", "*.py").splitlines():
        lines[file] = set(range(1, len((root / file).read_text().splitlines()) + 1))
    return lines


def draw(
    root: Path,
    files: Sequence[str],
    *,
    seed: int,
    count: int,
    only: Mapping[str, Collection[int]] | None = None,
    equivalents: Equivalents,
) -> list[Mutant]:
    """Draw lines, and one mutant of each: first the kind of change, then the change.

    So a long call counts no more than a comparison. A line is known by its file's name and its
    words: moving a file or adding lines elsewhere leaves the rest of the sample as it was.
    """
    lines: list[tuple[str, Sequence[int], SyntaxFile]] = []
    for file in files if only is None else only.keys() & set(files):
        syntax = SyntaxFile(file, (root / file).read_text())
        kept = None if only is None else only[file]
        lines += [(luck, order, syntax) for luck, order in _lines(syntax, seed, kept)]
    drawn: list[Mutant] = []
    for _, order, syntax in sorted(lines, key=itemgetter(0)):
        if len(drawn) == count:
            break
        if mutant := _first(syntax, order, equivalents):
            drawn.append(mutant)
    return drawn


def _lines(
    syntax: SyntaxFile, seed: int, only: Collection[int] | None
) -> Iterator[tuple[str, Sequence[int]]]:
    """Give each line's luck, and the places of its mutants in the order of their own."""
    text = syntax.source.splitlines()
    seen: Counter[str] = Counter()
    by_line: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, place in enumerate(syntax.places):
        by_line[place.line, place.last_line].append(number)
    for (first, last), numbers in sorted(by_line.items()):
        inside = syntax.places[numbers[0]].inside
        words = f"{Path(syntax.file).name} {inside} {text[first - 1].strip()}"
        seen[words] += 1
        if only is None or not set(range(first, last + 1)).isdisjoint(only):
            line = f"{seed} {words} {seen[words]}"
            yield _luck(line), _in_order(syntax.places, numbers, line)


def _in_order(places: Sequence[Place], numbers: Sequence[int], line: str) -> Sequence[int]:
    def lucks(number: int) -> tuple[str, str]:
        kind = places[number].operator
        return _luck(f"{line} {kind}"), _luck(f"{line} {number - numbers[0]}")

    return sorted(numbers, key=lucks)


def _first(syntax: SyntaxFile, order: Sequence[int], equivalents: Equivalents) -> Mutant | None:
    for number in order:
        mutant = syntax.mutant(syntax.places[number])
        if mutant is not None and not equivalents.has(mutant):
            return mutant
    return None


def _luck(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout
