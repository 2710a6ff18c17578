"""For every place in every body: what cannot stand there, made from the documents' schemas."""

from collections.abc import Iterator
from dataclasses import dataclass

from contract.http.operations import WITH_BODY, Operation
from contract.http.schemas import Place, replaced

LONG = "x" * 40_000
HALF = "lone surrogate"  # not JSON by the letter, so that the body itself is at fault
NOT_TEXT: dict[str, object] = {
    "null character": "a\u0000b",
    HALF: "a\ud800b",
    "a number": 7,
    "a list": [],
}
UNKNOWN = {"unknown": "surprise", "other case": "Name"}
WRONG: dict[str, dict[str, object]] = {
    "string": NOT_TEXT | {"very long": LONG},
    "uuid": NOT_TEXT | {"no id": "x"},
    "code": NOT_TEXT | {"unknown": "no-such-code"},
    "date": NOT_TEXT
    | {
        "day that is not": "2026-02-30",
        "first year": "0001-01-01",
        "last year": "9999-12-31",
        "instant": "2026-11-20T00:00:00Z",
        "ten digits": "1700006400",
        "a week's day": "2026-W47-5",
        "digits of another script": "20\u0662\u0666-11-20",
    },
    "date-time": {
        "ten digits": "1700006400",
        "a blank between": "2026-11-20 10:00:00Z",
        "a number": 7,
        "null character": "a\u0000b",
        HALF: "a\ud800b",
        "a list": [],
        "first year": "0001-01-01T00:00:00+14:00",
        "last year": "9999-12-31T23:59:59-14:00",
        "without offset": "2026-11-20T10:00:00",
    },
    "integer": {"a text": "many", "a fraction": 1.5, "a list": []},
    "boolean": {"a text": "perhaps", "a list": []},
    "array": {"an object": {}, "a text": "x"},
    "object": {"a list": [], "a text": "x", "a number": 7},
    "anything": {"null character": "a\u0000b", HALF: "a\ud800b"},
}


@dataclass(frozen=True)
class WrongBody:
    """A body that is right but for one place."""

    operation: Operation
    field: str
    wrong: str
    body: object
    named: str = ""

    def __str__(self) -> str:
        """Its name in a test's id."""
        return f"{self.operation}-{self.field}-{self.wrong}"


def wrong_bodies() -> Iterator[WrongBody]:
    """Every place of every body with everything that cannot stand there."""
    for operation, body, place in _places():
        for words, value in WRONG[place.kind].items():
            made = replaced(body, place.path, value)
            named = "body" if words == HALF else place.field or "body"
            yield WrongBody(operation, place.field, words, made, named)


def bodies_with_unknown_fields() -> Iterator[WrongBody]:
    """Every object of every body with a field that nobody knows."""
    for operation, body, place in _places():
        if place.schema.get("additionalProperties") is False:
            for words, name in UNKNOWN.items():
                path = (*place.path, name)
                made = replaced(body, path, 1)
                yield WrongBody(operation, Place(path, {}).field, words, made)


def bodies_with_large_numbers() -> Iterator[WrongBody]:
    """Every whole number of every body, too large for any column."""
    for operation, body, place in _places():
        if place.kind == "integer":
            for number in (10**30, -(10**30), 2**63, 2**31):
                made = replaced(body, place.path, number)
                yield WrongBody(operation, place.field, str(number), made)


def bodies_lacking_a_field() -> Iterator[WrongBody]:
    """Every body without one of the fields that it must have."""
    for operation, body, place in _places():
        for name in place.schema.get("required", ()):
            path = (*place.path, name)
            yield WrongBody(operation, Place(path, {}).field, "missing", _without(body, path))


def _places() -> Iterator[tuple[Operation, object, Place]]:
    for operation in WITH_BODY:
        schemas = operation.schemas
        for variant in schemas.variants(operation.body or {}):
            body = schemas.example(variant)
            for place in schemas.places(variant):
                yield operation, body, place


def _without(body: object, path: tuple[str | int, ...]) -> object:
    *above, last = path
    inner = body
    for part in above:
        inner = inner[part]  # type: ignore[index] # walks JSON along a path that is in it
    assert isinstance(inner, dict)
    left = {name: value for name, value in inner.items() if name != last}
    return replaced(body, tuple(above), left)
