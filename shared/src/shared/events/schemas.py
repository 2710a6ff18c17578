"""JSON Schema 2020-12 of every event type, made from the models that services publish with.

One schema per type in its published form; its `$id` is the CloudEvents `dataschema`. It is open:
a later version may add fields, which readers with this version must accept.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from inspect import cleandoc, getsource
from itertools import pairwise
from textwrap import dedent
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from shared.events.catalog import catalog
from shared.events.event import Event, schema_uri

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = Mapping[str, Any]


def schema_file(event_type: str, schema_version: int) -> str:
    """The file name under which a schema is committed and served."""
    return f"{event_type}.v{schema_version}.json"


@cache
def present_schemas() -> Mapping[str, Schema]:
    """Every current schema, by file name."""
    return {
        schema_file(event_type, entry.event.schema_version): schema_of(entry.event, event_type)
        for entry in catalog()
        for event_type in entry.types
    }


def schema_of(event: type[Event], event_type: str) -> Schema:
    """The schema of one type; every field is complete in itself, without references."""
    made = event.model_json_schema(schema_generator=_Plain, mode="serialization")
    definitions = made.get("$defs", {})
    words = _words_of_fields(event)
    return {
        "$schema": DIALECT,
        "$id": schema_uri(event_type, event.schema_version),
        "title": event_type,
        "description": " ".join(cleandoc(event.__doc__ or "").split()),
        "x-subject-kind": event.subject_kind,
        "type": "object",
        "properties": {
            name: _in_place(field, definitions) | words.get(name, {})
            for name, field in made["properties"].items()
        },
        "required": made.get("required", []),
    }


class _Plain(GenerateJsonSchema):
    """Omits titles, which would only repeat the names of fields, and keeps the order of keys."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - for no field
        return False

    def sort(
        self,
        value: JsonSchemaValue,
        parent_key: str | None = None,  # noqa: ARG002 - nothing is sorted
    ) -> JsonSchemaValue:
        return value


def _in_place(schema: Any, definitions: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON of any kind
    """The schema with each reference replaced by its target."""
    if isinstance(schema, list):
        return [_in_place(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if reference := schema.get("$ref"):
        return _in_place(definitions[reference.removeprefix("#/$defs/")], definitions)
    return {key: _in_place(value, definitions) for key, value in schema.items() if key != "title"}


def _words_of_fields(event: type[Event]) -> dict[str, dict[str, str]]:
    """The docstrings below fields, as descriptions.

    They are read from the source here, because having pydantic read them would cost every process
    some milliseconds at its start, although only this module needs them.
    """
    return {
        name: {"description": " ".join(words.split())}
        for kind in reversed(event.__mro__)
        if issubclass(kind, Event)
        for name, words in _docstrings(kind)
    }


def _docstrings(kind: type) -> Iterator[tuple[str, str]]:
    definition = ast.parse(dedent(getsource(kind))).body[0]
    assert isinstance(definition, ast.ClassDef)  # noqa: S101 - the source of a class is one
    for field, below in pairwise(definition.body):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, words
