"""A schema of the catalog is one that partners can use: valid, whole, and true to its model."""

import json

import pytest
from jsonschema import Draft202012Validator

from contract.events.json_formats import FORMATS
from shared.events.catalog import CatalogEntry, catalog
from shared.events.schemas import DIALECT, Schema, present_schemas, schema_file, schema_of

SCHEMAS = present_schemas()
EVERY_SCHEMA = pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS.keys())
EVERY_ENTRY = pytest.mark.parametrize("entry", catalog(), ids=lambda entry: entry.title)


def test_every_type_on_the_wire_has_a_schema() -> None:
    types = [each for entry in catalog() for each in entry.types]

    assert sorted(schema["title"] for schema in SCHEMAS.values()) == sorted(types)


@EVERY_SCHEMA
def test_a_schema_is_valid_and_names_its_dialect(schema: Schema) -> None:
    Draft202012Validator.check_schema(dict(schema))

    assert schema["$schema"] == DIALECT


@EVERY_SCHEMA
def test_a_schema_stands_by_itself(schema: Schema) -> None:
    assert "$ref" not in json.dumps(schema)


@EVERY_SCHEMA
def test_a_schema_says_what_the_type_means(schema: Schema) -> None:
    assert schema["description"].endswith(".")
    assert schema["x-subject-kind"]


@EVERY_ENTRY
def test_an_example_is_valid_by_its_schema(entry: CatalogEntry) -> None:
    schema = schema_of(entry.event, entry.types[0])

    Draft202012Validator(dict(schema), format_checker=FORMATS).validate(json.loads(entry.example))


@EVERY_ENTRY
def test_a_schema_has_the_fields_of_the_model_and_requires_what_the_model_requires(
    entry: CatalogEntry,
) -> None:
    schema = schema_of(entry.event, entry.types[0])

    fields = entry.event.model_fields
    assert schema["properties"].keys() == fields.keys()
    assert set(schema["required"]) == {name for name, f in fields.items() if f.is_required()}


def test_the_words_below_a_field_are_its_description_in_every_type_that_has_it() -> None:
    fields = SCHEMAS["certification.application.decided.v1.json"]["properties"]

    assert (
        fields["holder_id"]["description"]
        == "ID of the provider or program that is to be certified."
    )
    assert "description" not in fields["outcome"]


def test_a_file_is_named_by_type_and_version() -> None:
    assert schema_file("scoring.share.made", 3) == "scoring.share.made.v3.json"
    assert "scoring.share.made.v1.json" in SCHEMAS
