"""The committed OpenAPI documents say what the services do: `make openapi` writes them anew."""

import pytest

from local_system.openapi_documents import FILES, openapi_document


@pytest.mark.parametrize("package", FILES)
def test_the_committed_document_is_the_generated_one(package: str) -> None:
    assert FILES[package].read_text() == openapi_document(package)
