"""The committed event catalog: an asyncapi.yaml per service, a JSON Schema per type, releases."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import shared.events
from local_system.credentials import SERVICES
from local_system.errors import CannotStartError
from local_system.state import PROJECT
from shared.events.releases import (
    ReleaseRefusedError,
    broken_promises,
    every_schema,
    next_release,
    releases,
)
from shared.events.schemas import present_schemas
from shared.messaging.asyncapi.document import asyncapi_yaml

SCHEMAS = PROJECT / "docs" / "partners" / "schemas"
RELEASED = Path(shared.events.__file__).parent / "released"


def catalog_documents() -> dict[Path, str]:
    """Every document as generated from the current models, by its file."""
    schemas = {
        SCHEMAS / file: json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for file, schema in every_schema(releases(), present_schemas()).items()
    }
    return {
        PROJECT / "services" / service / "asyncapi.yaml": asyncapi_yaml(service)
        for service in SERVICES
    } | schemas


def write_catalog_documents() -> Iterator[Path]:
    """Write what has changed, delete schemas of removed types, and return the files."""
    documents = catalog_documents()
    SCHEMAS.mkdir(exist_ok=True)
    for file in SCHEMAS.glob("*.json"):
        if file not in documents:
            file.unlink()
            yield file
    for file, content in documents.items():
        if not file.exists() or file.read_text() != content:
            file.write_text(content)
            yield file


def what_breaks_the_last_release() -> list[str]:
    """Describe each incompatibility of the current types with the released catalog."""
    return broken_promises(releases(), present_schemas())


def release_catalog() -> Path:
    """Write the current catalog as the next release and return its file."""
    try:
        release = next_release(releases(), present_schemas(), datetime.now(UTC).date())
    except ReleaseRefusedError as refused:
        raise CannotStartError(str(refused)) from None
    file = RELEASED / release.file
    file.write_text(release.as_json())
    releases.cache_clear()
    asyncapi_yaml.cache_clear()
    return file
