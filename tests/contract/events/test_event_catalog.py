"""The catalog tells the truth: every type has an example that its model reads back unchanged."""

import json

import pytest

from architecture.source_tree import ROOT
from shared.events.catalog import CatalogEntry, catalog
from shared.events.reference import page

ENTRIES = catalog()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_every_type_has_an_example_that_its_model_reads(entry: CatalogEntry) -> None:
    example = json.loads(entry.example)

    read = entry.event.model_validate(example)

    assert json.loads(read.model_dump_json(exclude_unset=True)) == example
    assert read.subject_id


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_an_example_shows_every_field(entry: CatalogEntry) -> None:
    example = json.loads(entry.example)

    assert set(example) == set(entry.event.model_fields)


def test_no_two_events_share_a_type() -> None:
    types = [each for entry in ENTRIES for each in entry.types]

    assert len(types) == len(set(types))


def test_the_partners_page_is_the_one_the_models_write() -> None:
    committed = (ROOT / "docs/partners/events.md").read_text()

    assert committed == page(), "run `make event-pages`"
