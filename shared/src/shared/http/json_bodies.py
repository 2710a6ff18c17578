"""Finds what is malformed in a JSON body before validation, without recursion.

The cost stays low for the largest body, however deep it is nested: only the first faults get a
place, and nothing deeper than any request needs is read.
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
    """A place in a document: a name or index, and the place that contains it."""

    around: "JsonPlace | None"
    name: str | int
    depth: int

    def path(self) -> tuple[str | int, ...]:
        """The full path to this place."""
        names: list[str | int] = []
        step: JsonPlace | None = self
        while step is not None:
            names.append(step.name)
            step = step.around
        return tuple(reversed(names))


def faults_of_body(body: bytes) -> list[dict[str, Any]]:
    """Return everything that is wrong, each in the form of FastAPI's validation errors."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        return [_fault(("body",), f"is not valid JSON: {error.msg} (byte {error.pos})")]
    faults: list[dict[str, Any]] = []
    for step, message in _wrong(document) if _may_be_wrong(body) else ():
        place = step.path() if len(faults) < MOST_PLACES else ("body",)
        faults.append(_fault(place, message))
        if message is TOO_DEEP:
            return faults
    return faults or [_fault(("body",), message) for message in _repeated_name(body)]


def _may_be_wrong(body: bytes) -> bool:
    """Whether a full check could find anything; most bodies are small and skip it."""
    return b"\\u0000" in body or body.count(b"[") + body.count(b"{") > DEEPEST


TOO_DEEP = f"is nested more than {DEEPEST} levels deep"


def _wrong(document: object) -> Iterator[tuple[JsonPlace, str]]:
    """Yield each malformed place in document order."""
    open_places = [iter([(JsonPlace(None, "body", 0), document)])]
    while open_places:
        for place, value in open_places[-1]:
            if isinstance(value, str):
                if NULL in value:
                    yield place, "must not contain a null character"
            elif isinstance(value, list | dict):
                if place.depth >= DEEPEST:
                    yield place, TOO_DEEP
                if isinstance(value, dict) and NULL in "".join(value):
                    yield place, "contains a name with a null character"
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
    """An object contains one name twice."""


def _repeated_name(body: bytes) -> Iterator[str]:
    """Raise if an object contains one name twice; readers disagree about which value counts."""
    try:
        json.loads(body, object_pairs_hook=_each_name_once)
    except _RepeatedNameError as error:
        yield f"contains the name {str(error)[:100]} twice in one object"
    except ValueError as error:
        yield f"is not valid JSON: {error}"


def _each_name_once(pairs: list[tuple[str, object]]) -> None:
    names: set[str] = set()
    for name, _ in pairs:
        if name in names:
            raise _RepeatedNameError(name)
        names.add(name)


def _fault(place: tuple[str | int, ...], message: str) -> dict[str, Any]:
    return {"type": UNREADABLE, "loc": place, "msg": message}
