"""What is wrong with a JSON body before anybody asks what it means; walked without recursion.

Each look costs little for a body of the largest size, however it is nested: no more than the first
faults are told by their place, and nothing is read beyond the depth that any request needs.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

NULL = "\0"
DEEPEST = 50
MOST_PLACES = 20
UNREADABLE = "unreadable"


class JsonPlace(NamedTuple):
    """A place in a document: the name or number in what is around it."""

    around: "JsonPlace | None"
    name: str | int
    depth: int

    def path(self) -> tuple[str | int, ...]:
        """The whole way to it."""
        names: list[str | int] = []
        step: JsonPlace | None = self
        while step is not None:
            names.append(step.name)
            step = step.around
        return tuple(reversed(names))


def faults_of_body(body: bytes) -> list[dict[str, Any]]:
    """Return everything that is wrong, each as FastAPI hands on what is wrong."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        return [_fault(("body",), f"is not JSON: {error.msg} (byte {error.pos})")]
    faults: list[dict[str, Any]] = []
    for step, message in _wrong(document) if _may_be_wrong(body) else ():
        place = step.path() if len(faults) < MOST_PLACES else ("body",)
        faults.append(_fault(place, message))
        if message is TOO_DEEP:
            return faults
    return faults or [_fault(("body",), message) for message in _repeated_name(body)]


def _may_be_wrong(body: bytes) -> bool:
    """Whether a walk could find anything; most bodies are small and spared it."""
    return b"\\u0000" in body or body.count(b"[") + body.count(b"{") > DEEPEST


TOO_DEEP = f"is nested more than {DEEPEST} deep"


def _wrong(document: object) -> Iterator[tuple[JsonPlace, str]]:
    """Every place that cannot be, in the document's order; places within places lie on a stack."""
    open_places = [iter([(JsonPlace(None, "body", 0), document)])]
    while open_places:
        for place, value in open_places[-1]:
            if isinstance(value, str):
                if NULL in value:
                    yield place, "holds a null character"
            elif isinstance(value, list | dict):
                if place.depth >= DEEPEST:
                    yield place, TOO_DEEP
                if isinstance(value, dict) and NULL in "".join(value):
                    yield place, "has a name with a null character"
                open_places.append(_inside(place, value))
                break
        else:
            open_places.pop()


def _inside(
    place: JsonPlace, value: list[object] | dict[str, object]
) -> Iterator[tuple[JsonPlace, object]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    return ((JsonPlace(place, name, place.depth + 1), each) for name, each in pairs)


class _RepeatedNameError(Exception):
    """An object has one name twice."""


def _repeated_name(body: bytes) -> Iterator[str]:
    """Say so where an object has one name twice: which value holds is each reader's guess."""
    try:
        json.loads(body, object_pairs_hook=_each_name_once)
    except _RepeatedNameError as error:
        yield f"has the name {str(error)[:100]} twice in one object"
    except ValueError as error:
        yield f"is not JSON: {error}"


def _each_name_once(pairs: list[tuple[str, object]]) -> None:
    names: set[str] = set()
    for name, _ in pairs:
        if name in names:
            raise _RepeatedNameError(name)
        names.add(name)


def _fault(place: tuple[str | int, ...], message: str) -> dict[str, Any]:
    return {"type": UNREADABLE, "loc": place, "msg": message}
