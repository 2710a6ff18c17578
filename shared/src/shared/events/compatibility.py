"""Compares the current event types with the last release, and finds incompatible changes.

Readers of today's schema must be able to read tomorrow's events, and tomorrow's readers the events
that are in the log.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from shared.events.schemas import Schema

_ANNOTATIONS = frozenset({"description", "title", "default", "examples"})
_NULL = {"type": "null"}


class TypeSchema(NamedTuple):
    """The newest schema of one type."""

    version: int
    schema: Schema

    @property
    def fields(self) -> Mapping[str, Schema]:
        """The schemas of the fields by name."""
        found: Mapping[str, Schema] = self.schema["properties"]
        return found

    @property
    def required(self) -> frozenset[str]:
        """The fields that every event has."""
        return frozenset(self.schema["required"])


def findings(released: Mapping[str, Schema], present: Mapping[str, Schema]) -> list[str]:
    """Describe each incompatible change in a sentence; both catalogs are by file name."""
    now = _newest_by_type(present)
    return [
        finding
        for event_type, before in _newest_by_type(released).items()
        for finding in _of_type(event_type, before, now.get(event_type))
    ]


def _newest_by_type(schemas: Mapping[str, Schema]) -> dict[str, TypeSchema]:
    versions = sorted(
        (schema["title"], int(schema["$id"].rpartition(":")[2]), file)
        for file, schema in schemas.items()
    )
    return {
        event_type: TypeSchema(version, schemas[file]) for event_type, version, file in versions
    }


def _of_type(event_type: str, before: TypeSchema, now: TypeSchema | None) -> Iterator[str]:
    if now is None:
        yield f"{event_type} is gone: a released type stays as long as somebody may read it."
        return
    broken = [*_broken(before, now)]
    yield from (f"{event_type}: {what}." for what in broken)
    if broken:
        yield f"{event_type}: publish what breaks its readers as {_next(event_type)}, beside it."
    else:
        yield from (f"{event_type}: {what}." for what in _misnumbered(before, now))


def _next(event_type: str) -> str:
    """The name of the type to add for an incompatible change: the same with the next suffix."""
    numbered = re.fullmatch(r"(.+)\.v(\d+)", event_type)
    return f"{numbered[1]}.v{int(numbered[2]) + 1}" if numbered else f"{event_type}.v2"


def _broken(before: TypeSchema, now: TypeSchema) -> Iterator[str]:
    kinds = (before.schema["x-subject-kind"], now.schema["x-subject-kind"])
    if kinds[0] != kinds[1]:
        yield f"its subject was {kinds[0]} and is now {kinds[1]}"
    for name, field in before.fields.items():
        if name not in now.fields:
            yield f"the field `{name}` is gone"
            continue
        yield from _changed(name, field, now.fields[name])
        if name in before.required - now.required:
            yield f"the field `{name}` was in every event and may now be missing"
        if name in now.required - before.required:
            yield f"the field `{name}` is now required, and events in the log may lack it"
    for name in sorted(now.fields.keys() - before.fields.keys()):
        if name in now.required:
            yield f"the new field `{name}` is required, and events in the log lack it"


def _changed(name: str, before: Schema, now: Schema) -> Iterator[str]:
    (was, was_nullable), (is_now, is_nullable) = _shape(before), _shape(now)
    if was_nullable and not is_nullable:
        yield f"the field `{name}` may no longer be null, and events in the log may hold null"
    if is_nullable and not was_nullable:
        yield f"the field `{name}` may now be null"
    codes, codes_now = was.pop("enum", None), is_now.pop("enum", None)
    if codes is not None and codes_now is not None:
        yield from _other_codes(name, set(codes), set(codes_now))
    elif codes is not None or codes_now is not None:
        yield f"the field `{name}` {'had' if codes else 'has now'} a closed list of codes"
    if "items" in was and "items" in is_now:
        yield from _changed(f"{name}[]", was.pop("items"), is_now.pop("items"))
    if was != is_now:
        yield f"the field `{name}` was {_in_words(was)} and is now {_in_words(is_now)}"


def _other_codes(name: str, before: set[str], now: set[str]) -> Iterator[str]:
    if more := sorted(now - before):
        yield f"the closed list of codes of `{name}` has grown by {', '.join(more)}"
    if fewer := sorted(before - now):
        yield f"the closed list of codes of `{name}` has lost {', '.join(fewer)}"


def _shape(field: Schema) -> tuple[dict[str, Any], bool]:
    """A field's schema without its descriptions, and whether the value may be null."""
    shape = {key: value for key, value in field.items() if key not in _ANNOTATIONS}
    options = shape.get("anyOf", [])
    if _NULL not in options:
        return shape, False
    others = [option for option in options if option != _NULL]
    return (_shape(others[0])[0] if len(others) == 1 else shape | {"anyOf": others}), True


def _in_words(shape: Schema) -> str:
    words = [str(shape[key]) for key in ("type", "format") if key in shape]
    rest = {key: value for key, value in shape.items() if key not in {"type", "format"}}
    return " ".join([*words, *(f"{key} {value}" for key, value in rest.items())]) or "anything"


def _misnumbered(before: TypeSchema, now: TypeSchema) -> Iterator[str]:
    added = sorted(now.fields.keys() - before.fields.keys())
    due = before.version + 1 if added else before.version
    if now.version != due and added:
        names = ", ".join(f"`{name}`" for name in added)
        yield f"{names} came to it, so its schema_version must be {due} and is {now.version}"
    elif now.version != due:
        yield f"no field came to it, so its schema_version must stay {due} and is {now.version}"
