"""The committed catalog: asyncapi.yaml per service, a JSON Schema per event type, the releases."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import shared.events
from local_system.credentials import SERVICES
from local_system.errors import CannotStartError
from local_system.state import PROJECT
from shared.events.compatibility import findings
from shared.events.releases import Release, every_schema, releases
from shared.events.schemas import present_schemas
from shared.messaging.asyncapi.document import asyncapi_yaml

SCHEMAS = PROJECT / "docs" / "partners" / "schemas"
RELEASED = Path(shared.events.__file__).parent / "released"


def catalog_documents() -> dict[Path, str]:
    """Every document as the models make it now, by the file it is committed in."""
    schemas = {
        SCHEMAS / file: json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for file, schema in every_schema().items()
    }
    return {
        PROJECT / "services" / service / "asyncapi.yaml": asyncapi_yaml(service)
        for service in SERVICES
    } | schemas


def write_catalog_documents() -> Iterator[Path]:
    """Write what is not current, remove what no type has any more, and give the files touched."""
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


def broken_promises() -> list[str]:
    """Say what breaks the last release; nothing does where nothing was released yet."""
    last = releases()[-1:]
    return findings(last[0].schemas, present_schemas()) if last else []


def release_catalog() -> Path:
    """Write the present catalog as the next release and give its file.

    Raises CannotStartError when it breaks the last one or does not differ from it.
    """
    if broken := broken_promises():
        raise CannotStartError("\n".join(broken))
    last = releases()[-1:]
    if last and last[0].schemas == present_schemas():
        raise CannotStartError(f"Nothing has changed since release {last[0].number}.")
    number = last[0].number + 1 if last else 1
    release = Release(number, datetime.now(UTC).date(), present_schemas())
    file = RELEASED / release.file
    file.write_text(release.as_json())
    releases.cache_clear()
    asyncapi_yaml.cache_clear()
    return file
