"""Every place of a file where a mutant can be made, and the mutants themselves.

What no test could or should notice is left out: annotations, docstrings, decorators, imports, log
lines, names of types, and blocks that only a type checker reads.
"""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import libcst as cst
from libcst import matchers
from libcst.metadata import MetadataWrapper, PositionProvider

from mutants.operators import OPERATORS

NEVER_RUN = (
    matchers.Annotation()
    | matchers.Decorator()
    | matchers.Import()
    | matchers.ImportFrom()
    | matchers.Expr(matchers.SimpleString() | matchers.ConcatenatedString())
    | matchers.If(matchers.Name("TYPE_CHECKING"))
    | matchers.Assign([matchers.AssignTarget(matchers.Name("__all__"))])
)
LOGS = matchers.Call(matchers.Attribute(matchers.Name("LOG")))
TYPE_NAMES = ("TypeVar", "NewType", "cast", "assert_never", "overload", "ParamSpec")
SAYS_TYPES = matchers.Call(matchers.OneOf(*(matchers.Name(name) for name in TYPE_NAMES)))
ALIAS = matchers.Subscript() | matchers.BinaryOperation(operator=matchers.BitOr())


@dataclass(frozen=True)
class Place:
    """A line, and one change that can be made to it by a kind of operator."""

    line: int
    last_line: int
    inside: str
    operator: str
    node: cst.CSTNode = field(repr=False, compare=False)
    instead: cst.CSTNode = field(repr=False, compare=False)


@dataclass(frozen=True)
class Mutant:
    """A file with one small change."""

    file: str
    line: int
    last_line: int
    inside: str
    operator: str
    source: str = field(repr=False)
    mutated: str = field(repr=False)

    @cached_property
    def _changed(self) -> tuple[list[str], list[str]]:
        before, after = self.source.splitlines(), self.mutated.splitlines()
        steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        changed = [step for step in steps if step[0] != "equal"]
        (_, first, _, new_first, _), (_, _, last, _, new_last) = changed[0], changed[-1]
        return before[first:last], after[new_first:new_last]

    @property
    def was(self) -> str:
        """The lines that change, as they stand, on one line."""
        return " ".join(line.strip() for line in self._changed[0])

    @property
    def becomes(self) -> str:
        """The same lines as the mutant has them; empty where nothing is left."""
        return " ".join(line.strip() for line in self._changed[1])

    def diff(self) -> str:
        """The change as a person reads it."""
        before, after = self._changed
        return "\n".join([*(f"- {line}" for line in before), *(f"+ {line}" for line in after)])


class SyntaxFile:
    """One file's syntax, read once."""

    def __init__(self, file: str, source: str) -> None:
        self.file, self.source = file, source
        wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
        self._module = wrapper.module
        finder = _Finder()
        wrapper.visit(finder)
        self.places = finder.places

    def mutant(self, place: Place) -> Mutant | None:
        """Make the change; None where it comes out as the same code or as no Python."""
        changed = self._module.deep_replace(place.node, place.instead)
        mutated = changed.code if isinstance(changed, cst.Module) else self.source
        if mutated == self.source or not _is_python(mutated):
            return None
        return Mutant(
            file=self.file,
            line=place.line,
            last_line=place.last_line,
            inside=place.inside,
            operator=place.operator,
            source=self.source,
            mutated=mutated,
        )

    def mutants(self, words: str) -> Iterator[Mutant]:
        """Every mutant of a line, or of lines, that say this."""
        text = [line.strip() for line in self.source.splitlines()]
        for place in self.places:
            if words in " ".join(text[place.line - 1 : place.last_line]):
                mutant = self.mutant(place)
                if mutant is not None:
                    yield mutant


class _Finder(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []
        self._inside: list[str] = []
        self._lines = [(1, 1)]
        self._targets: set[int] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if self._is_left_out(node):
            return False
        if isinstance(node, cst.For | cst.CompFor | cst.AssignTarget):
            self._targets.add(id(node.target))
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._inside.append(node.name.value)
        if isinstance(node, cst.SimpleStatementLine | cst.BaseCompoundStatement):
            self._lines.append(self._lines_of(node))
        if not _is_log_line(node):
            self._find(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        is_left_out = matchers.matches(original_node, NEVER_RUN)
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._inside.pop()
        if (
            isinstance(original_node, cst.SimpleStatementLine | cst.BaseCompoundStatement)
            and not is_left_out
        ):
            self._lines.pop()

    def _find(self, node: cst.CSTNode) -> None:
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                first, last = self._lines[-1]
                for instead in operator(node):
                    where = ".".join(self._inside)
                    name = operator.__name__.removeprefix("operator_")
                    self.places.append(Place(first, last, where, name, node, instead))

    def _is_left_out(self, node: cst.CSTNode) -> bool:
        is_alias = not self._inside and matchers.matches(node, matchers.Assign(value=ALIAS))
        is_type = matchers.matches(node, NEVER_RUN | LOGS | SAYS_TYPES)
        return is_alias or is_type or id(node) in self._targets

    def _lines_of(self, node: cst.CSTNode) -> tuple[int, int]:
        """From the first line to the last one, of a block only its head."""
        span = self.get_metadata(PositionProvider, node)
        body = getattr(node, "body", None)
        if isinstance(body, cst.IndentedBlock):
            first_inside = self.get_metadata(PositionProvider, body.body[0]).start.line
            return span.start.line, max(span.start.line, first_inside - 1)
        return span.start.line, span.end.line


def _is_log_line(node: cst.CSTNode) -> bool:
    return matchers.matches(node, matchers.SimpleStatementLine([matchers.Expr(LOGS)]))


def _is_python(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return True
