"""For every place in every body: what cannot stand there, made from the documents' schemas."""

from collections.abc import Iterator

from contract.http.operations import Operation
from contract.http.refused import Wrong
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


def wrong_bodies(operation: Operation) -> Iterator[Wrong]:
    """Every place of the body with everything that cannot stand there."""
    for body, place in _places(operation):
        for words, value in WRONG[place.kind].items():
            named = "body" if words == HALF else place.field or "body"
            made = replaced(body, place.path, value)
            yield _wrong(operation, f"{place.field}: {words}", made, named)


def bodies_with_unknown_fields(operation: Operation) -> Iterator[Wrong]:
    """Every object of the body with a field that nobody knows."""
    for body, place in _places(operation):
        if place.schema.get("additionalProperties") is False:
            for words, name in UNKNOWN.items():
                path = (*place.path, name)
                named = Place(path, {}).field
                yield _wrong(operation, f"{named}: {words}", replaced(body, path, 1), named)


def bodies_with_large_numbers(operation: Operation) -> Iterator[Wrong]:
    """Every whole number of the body, too large for any column."""
    for body, place in _places(operation):
        if place.kind == "integer":
            for number in (10**30, -(10**30), 2**63, 2**31):
                made = replaced(body, place.path, number)
                yield _wrong(operation, f"{place.field}: {number}", made)


def bodies_lacking_a_field(operation: Operation) -> Iterator[Wrong]:
    """The body without each of the fields that it must have."""
    for body, place in _places(operation):
        for name in place.schema.get("required", ()):
            path = (*place.path, name)
            yield _wrong(operation, f"{Place(path, {}).field}: missing", _without(body, path))


def _wrong(operation: Operation, words: str, body: object, named: str | None = None) -> Wrong:
    return Wrong(operation, words, {"body": body}, names=named)


def _places(operation: Operation) -> Iterator[tuple[object, Place]]:
    schemas = operation.schemas
    for variant in schemas.variants(operation.body or {}):
        body = schemas.example(variant)
        for place in schemas.places(variant):
            yield body, place


def _without(body: object, path: tuple[str | int, ...]) -> object:
    *above, last = path
    inner = body
    for part in above:
        inner = inner[part]  # type: ignore[index] # walks JSON along a path that is in it
    assert isinstance(inner, dict)
    left = {name: value for name, value in inner.items() if name != last}
    return replaced(body, tuple(above), left)
