"""How a piece of code is changed: by mutmut's operators, and by those this project adds to them.

An operator takes a node of the syntax tree and gives what may stand in its place. Stock operators
turn comparisons, numbers, words and values; ours take away what a use case promises: a call (an
audit entry, an event, a refusal), a condition, a named argument, an element of a table.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import libcst as cst
from libcst import matchers
from mutmut.mutation import mutators

Operator = Callable[[Any], Iterable[cst.CSTNode]]

CONDITIONS = {"where", "and_", "or_", "filter", "having", "order_by"}
SENSELESS_ARGUMENTS = {"strict", "description", "title", "examples", "comment", "docstring"}
REPLACED_BY_OURS = {mutators.operator_arg_removal, mutators.operator_string}


def delete_call(line: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    """`tx.audit(...)` and `await ledger.meet_duty(...)` become `pass`, and so does a `raise`."""
    statement = line.body[0]
    is_call = matchers.matches(statement, matchers.Expr(matchers.Call() | matchers.Await()))
    if is_call or isinstance(statement, cst.Raise):
        yield line.with_changes(body=[cst.Pass()])


def force_branch(node: cst.If) -> Iterator[cst.If]:
    """`if known:` is never taken, or always."""
    test = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    for operator, word in ((cst.And(), "False"), (cst.Or(), "True")):
        forced = cst.BooleanOperation(left=test, operator=operator, right=cst.Name(word))
        yield node.with_changes(test=forced, whitespace_before_test=cst.SimpleWhitespace(" "))


def drop_filter(node: cst.CompFor) -> Iterator[cst.CompFor]:
    """`[one for one in all if one.is_open]` loses its condition."""
    for place in range(len(node.ifs)):
        yield node.with_changes(ifs=[*node.ifs[:place], *node.ifs[place + 1 :]])


def return_nothing(node: cst.Return) -> Iterator[cst.Return]:
    """`return found` becomes `return None`."""
    if node.value is not None and not matchers.matches(node.value, matchers.Name("None")):
        yield node.with_changes(
            value=cst.Name("None"), whitespace_after_return=cst.SimpleWhitespace(" ")
        )


def drop_element(node: cst.Set | cst.List | cst.Tuple | cst.Dict) -> Iterator[cst.CSTNode]:
    """A set, list, tuple or dict that is written out loses one of its elements."""
    if len(node.elements) > 1:
        for place in range(len(node.elements)):
            left = [*node.elements[:place], *node.elements[place + 1 :]]
            if isinstance(node, cst.Tuple) and len(left) == 1:
                left = [left[0].with_changes(comma=cst.Comma())]
            yield node.with_changes(elements=left)


def change_argument(node: cst.Call) -> Iterator[cst.Call]:
    """As mutmut does, without what only raises TypeError or changes what a sentence says.

    A named argument is left out or None; a condition of a query is left out; another is None.
    """
    is_query = _called(node) in CONDITIONS
    for place, argument in enumerate(node.args):
        name = argument.keyword.value if argument.keyword else None
        if argument.star or name in SENSELESS_ARGUMENTS or _is_senseless(argument.value):
            continue
        if name is not None or is_query:
            yield node.with_changes(args=[*node.args[:place], *node.args[place + 1 :]])
        if not is_query and not matchers.matches(argument.value, matchers.Name("None")):
            nothing = argument.with_changes(value=cst.Name("None"))
            yield node.with_changes(args=[*node.args[:place], nothing, *node.args[place + 1 :]])


def change_word(node: cst.SimpleString) -> Iterator[cst.CSTNode]:
    """As mutmut's first change of a text, for codes and names; a sentence is read by people."""
    if not _is_prose(node):
        yield from list(mutators.operator_string(node))[:1]


def _is_senseless(value: cst.BaseExpression) -> bool:
    """Whether its loss only changes a sentence, or fails at once: nothing is done without `tx`."""
    return _is_prose(value) or matchers.matches(value, matchers.Name("tx"))


def _called(node: cst.Call) -> str:
    name = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
    return name.value if isinstance(name, cst.Name) else ""


def _is_prose(node: cst.BaseExpression) -> bool:
    if isinstance(node, cst.SimpleString):
        return " " in node.value
    return isinstance(node, cst.ConcatenatedString | cst.FormattedString)


OPERATORS: tuple[tuple[type[cst.CSTNode] | tuple[type[cst.CSTNode], ...], Operator], ...] = (
    *((kind, use) for kind, use in mutators.mutation_operators if use not in REPLACED_BY_OURS),
    (cst.SimpleStatementLine, delete_call),
    (cst.If, force_branch),
    (cst.CompFor, drop_filter),
    (cst.Return, return_nothing),
    ((cst.Set, cst.List, cst.Tuple, cst.Dict), drop_element),
    (cst.Call, change_argument),
    (cst.SimpleString, change_word),
)
