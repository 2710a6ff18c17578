"""What breaks a released catalog, told in sentences; what does not is let pass."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events.compatibility import findings
from shared.events.schemas import Schema, schema_file

TYPE = "scoring.share.made"
BREAKS = f"{TYPE}: publish what breaks its readers as {TYPE}.v2, beside it."
TEXT = {"type": "string"}
NULLABLE = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}
CODES = {"type": "string", "enum": ["a", "b"]}
LIST = {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}
FIELDS: dict[str, Schema] = {"id": TEXT, "unit": NULLABLE, "outcome": CODES, "items": LIST}
REQUIRED = ("id", "outcome", "items")

Catalog = dict[str, Schema]


def catalog(
    fields: Mapping[str, Schema] | None = None,
    *,
    required: tuple[str, ...] = REQUIRED,
    version: int = 1,
    event_type: str = TYPE,
    subject_kind: str = "share",
) -> Catalog:
    """A catalog of one type."""
    schema = {
        "$id": f"urn:casomb:event:{event_type}:{version}",
        "title": event_type,
        "x-subject-kind": subject_kind,
        "properties": FIELDS if fields is None else fields,
        "required": list(required),
    }
    return {schema_file(event_type, version): schema}


def without(name: str) -> dict[str, Schema]:
    """The fields but one."""
    return {each: field for each, field in FIELDS.items() if each != name}


def test_a_catalog_keeps_its_own_promises() -> None:
    assert findings(catalog(), catalog()) == []


def test_a_type_may_come_but_not_go() -> None:
    both = catalog() | catalog(event_type="scoring.share.withdrawn")

    assert findings(catalog(), both) == []
    assert findings(both, catalog()) == [
        "scoring.share.withdrawn is gone: a released type stays as long as somebody may read it."
    ]


BROKEN = [
    (catalog(without("unit")), "the field `unit` is gone"),
    (catalog(FIELDS | {"id": {"type": "integer"}}), "the field `id` was string and is now integer"),
    (
        catalog(FIELDS | {"id": {"type": "string", "format": "uuid"}}),
        "the field `id` was string and is now string uuid",
    ),
    (
        catalog(FIELDS | {"id": {"type": "string", "maxLength": 9}}),
        "the field `id` was string and is now string maxLength 9",
    ),
    (
        catalog(FIELDS | {"unit": TEXT}),
        "the field `unit` may no longer be null, and events in the log may hold null",
    ),
    (catalog(FIELDS | {"id": NULLABLE}), "the field `id` may now be null"),
    (
        catalog(FIELDS | {"unit": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}),
        "the field `unit` was string and is now integer",
    ),
    (
        catalog(FIELDS | {"outcome": {"type": "string", "enum": ["a", "b", "d", "c"]}}),
        "the closed list of codes of `outcome` has grown by c, d",
    ),
    (
        catalog(FIELDS | {"outcome": {"type": "string", "enum": ["b"]}}),
        "the closed list of codes of `outcome` has lost a",
    ),
    (catalog(FIELDS | {"outcome": TEXT}), "the field `outcome` had a closed list of codes"),
    (catalog(FIELDS | {"id": CODES}), "the field `id` has now a closed list of codes"),
    (
        catalog(FIELDS | {"items": {"type": "array", "items": {"type": "string", "enum": ["a"]}}}),
        "the closed list of codes of `items[]` has lost b",
    ),
    (
        catalog(required=("id", "outcome")),
        "the field `items` was in every event and may now be missing",
    ),
    (
        catalog(required=(*REQUIRED, "unit")),
        "the field `unit` is now required, and events in the log may lack it",
    ),
    (
        catalog(FIELDS | {"new": TEXT}, required=(*REQUIRED, "new"), version=2),
        "the new field `new` is required, and events in the log lack it",
    ),
    (catalog(subject_kind="case"), "its subject was share and is now case"),
]


@pytest.mark.parametrize(("present", "finding"), BROKEN, ids=[finding for _, finding in BROKEN])
def test_a_breaking_change_is_told_to_become_a_new_type(present: Catalog, finding: str) -> None:
    assert findings(catalog(), present) == [f"{TYPE}: {finding}.", BREAKS]


def test_a_higher_version_does_not_make_a_breaking_change_good() -> None:
    found = findings(catalog(), catalog(without("unit"), version=2))

    assert found == [f"{TYPE}: the field `unit` is gone.", BREAKS]


def test_the_new_type_of_a_new_type_counts_on() -> None:
    second = f"{TYPE}.v2"

    found = findings(catalog(event_type=second), catalog(without("unit"), event_type=second))

    assert found[-1] == f"{second}: publish what breaks its readers as {TYPE}.v3, beside it."


def test_a_breaking_change_published_beside_the_old_type_is_welcome() -> None:
    beside = catalog() | catalog(without("unit"), event_type=f"{TYPE}.v2")

    assert findings(catalog(), beside) == []


@pytest.mark.parametrize(
    ("version", "found"),
    [
        (1, ["`new` came to it, so its schema_version must be 2 and is 1"]),
        (2, []),
        (3, ["`new` came to it, so its schema_version must be 2 and is 3"]),
    ],
)
def test_a_field_that_events_may_lack_is_the_next_version(version: int, found: list[str]) -> None:
    present = catalog(FIELDS | {"new": NULLABLE}, version=version)

    assert findings(catalog(), present) == [f"{TYPE}: {each}." for each in found]


def test_a_version_says_that_a_field_came() -> None:
    assert findings(catalog(), catalog(version=2)) == [
        f"{TYPE}: no field came to it, so its schema_version must stay 1 and is 2."
    ]


def test_other_words_are_no_change() -> None:
    described = {name: {**field, "description": "Said better."} for name, field in FIELDS.items()}

    assert findings(catalog(), catalog(described)) == []


def test_the_newest_of_several_released_versions_is_the_one_compared_with() -> None:
    released = catalog(without("unit")) | catalog(version=2)

    assert findings(released, catalog(version=2)) == []


SHAPES: st.SearchStrategy[Schema] = st.sampled_from(
    [TEXT, NULLABLE, CODES, LIST, {"type": "integer"}]
)
SOME_FIELDS = st.dictionaries(st.sampled_from("abcdef"), SHAPES, min_size=1)


@st.composite
def types(draw: st.DrawFn) -> Catalog:
    """A catalog of one type with any fields, some of them required."""
    fields = draw(SOME_FIELDS)
    required = draw(st.sets(st.sampled_from(sorted(fields))))
    return catalog(fields, required=tuple(sorted(required)))


@given(types())
def test_nothing_is_found_where_nothing_changed(released: Catalog) -> None:
    assert findings(released, copy.deepcopy(released)) == []


@given(types(), SHAPES)
def test_optional_fields_alone_never_break_anybody(released: Catalog, shape: Schema) -> None:
    (before,) = released.values()
    fields: dict[str, Schema] = {**before["properties"], "more": shape}

    present = catalog(fields, required=tuple(before["required"]), version=2)

    assert findings(released, present) == []


@given(types(), types())
def test_what_is_let_pass_has_every_field_as_it_was(released: Catalog, present: Catalog) -> None:
    (before,), (now,) = released.values(), present.values()
    kept: dict[str, Any] = {name: now["properties"].get(name) for name in before["properties"]}
    is_kept = kept == before["properties"] and set(now["required"]) == set(before["required"])
    is_same = now["properties"].keys() == before["properties"].keys()

    assert (findings(released, present) == []) is (is_kept and is_same)
