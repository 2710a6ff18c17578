"""The committed catalog is the models': `make asyncapi` writes it anew, and a release binds it."""

from local_system.catalog_documents import (
    SCHEMAS,
    catalog_documents,
    what_breaks_the_last_release,
)

DOCUMENTS = catalog_documents()


def test_every_committed_document_is_the_generated_one() -> None:
    stale = [file.name for file, content in DOCUMENTS.items() if file.read_text() != content]

    assert stale == [], "run `make asyncapi`"


def test_no_schema_is_committed_that_no_type_has() -> None:
    assert {file for file in DOCUMENTS if file.parent == SCHEMAS} == set(SCHEMAS.glob("*.json"))


def test_the_event_types_keep_what_the_last_release_promised() -> None:
    assert what_breaks_the_last_release() == []
