"""Examples made of JSON schemas, and the places inside them where something can be wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

Json = dict[str, Any]
Path = tuple[str | int, ...]
ANYTHING: Json = {}
"""The schema that allows any value."""
FORMATS = {"date": "2026-11-20", "date-time": "2026-11-20T18:00:00Z"}
TEXTS = ("item-1", "2026-11", "12345", "Sacramento", "application/pdf", "0" * 64)


@dataclass(frozen=True)
class Place:
    """A place in an example body, and the schema that stands there."""

    path: Path
    schema: Json

    @property
    def field(self) -> str:
        """The place as refusals name it, below the body."""
        return ".".join(str(part) for part in self.path)

    @property
    def kind(self) -> str:
        """The schema's type, its format where that says more, or "anything" where all is right."""
        if ANYTHING in self.schema.get("anyOf", ()):
            return "anything"
        if "enum" in self.schema or "const" in self.schema:
            return "code"
        return str(self.schema.get("format") or self.schema.get("type", "anything"))


@dataclass(frozen=True)
class Schemas:
    """The schemas of one document."""

    document: Json

    def resolved(self, schema: Json) -> Json:
        """Follow references, and the first alternative that is not null."""
        if reference := schema.get("$ref"):
            return self.resolved(self.document["components"]["schemas"][reference.split("/")[-1]])
        for alternative in schema.get("anyOf", ()):
            if alternative.get("type") != "null":
                return {**schema, **self.resolved(alternative)}
        return schema

    def variants(self, schema: Json) -> list[Json]:
        """The schemas that a body may have: one, unless a field tells several apart."""
        known = self.resolved(schema)
        return [self.resolved(each) for each in known.get("oneOf", [known])]

    def example(self, schema: Json) -> Any:  # noqa: ANN401 - any JSON value
        """A value of the schema, or of its first variant, with every field filled in."""
        known = self.variants(schema)[0]
        for stated in ("const", "examples", "enum"):
            if stated in known:
                return known[stated] if stated == "const" else known[stated][0]
        match known["type"]:
            case "object":
                return self._object(known)
            case "array":
                return [self.example(known["items"])]
            case "string":
                return _text(known)
            case "boolean":
                return True
        least = known.get("minimum", 1)
        return int(least) if known["type"] == "integer" else least

    def places(self, schema: Json, path: Path = ()) -> Iterator[Place]:
        """Every place of the example, itself first."""
        known = self.variants(schema)[0]
        yield Place(path, known)
        if known.get("examples") == [None]:
            return  # absent in the example: there is no place inside it
        if known.get("type") == "array":
            yield from self.places(known["items"], (*path, 0))
        for name, each in known.get("properties", {}).items():
            yield from self.places(each, (*path, name))
        if isinstance(each := known.get("additionalProperties"), dict):
            yield from self.places(each, (*path, next(iter(self.example(known)))))

    def _object(self, known: Json) -> Json:
        made = {name: self.example(each) for name, each in known.get("properties", {}).items()}
        if isinstance(each := known.get("additionalProperties"), dict):
            made[TEXTS[0]] = self.example(each)
        return made


def _text(known: Json) -> str:
    if known.get("format") == "uuid":
        return str(uuid4())
    pattern = known.get("pattern", "")
    return FORMATS.get(known.get("format", "")) or next(
        text for text in TEXTS if re.search(pattern, text)
    )


def replaced(example: Any, path: Path, value: object) -> Any:  # noqa: ANN401 - any JSON value
    """A copy of the example with another value in one place."""
    if not path:
        return value
    first, *rest = path
    copy: Any = list(example) if isinstance(example, list) else dict(example)
    inner = copy[first] if isinstance(first, int) or first in copy else None
    copy[first] = replaced(inner, tuple(rest), value)
    return copy
