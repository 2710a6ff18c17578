"""Writes the partners' page of event types: `python -m shared.events.reference`."""

import sys
from collections.abc import Iterator

from shared.events.catalog import CatalogEntry, catalog
from shared.events.schemas import schema_file, schema_of

HEAD = """# Event types

Every type, what it says, its fields and an example of its `data`. This page is written from the
models that the services publish with (`make event-pages`); a test fails when it is out of date.
The same for machines: a JSON Schema per type in [schemas/](schemas/), linked below.
The envelope around `data` and how to read the topics: [README.md](README.md).
"""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([HEAD, *(line for entry in catalog() for line in _section(entry))])


def _section(entry: CatalogEntry) -> Iterator[str]:
    yield f"## `{entry.title}`"
    yield ""
    yield f"{entry.meaning} Subject: {entry.event.subject_kind}."
    yield ""
    yield from _links(entry)
    yield ""
    yield "| field | JSON | | |"
    yield "|---|---|---|---|"
    schema = schema_of(entry.event, entry.title)
    for name, field in schema["properties"].items():
        required = "required" if name in schema["required"] else "may be null"
        words = f"{field.get('description', '')} ".lstrip()
        yield f"| `{name}` | {_shape(field)} | {required} | {words}|"
    yield ""
    yield "```json"
    yield entry.example.strip()
    yield "```"
    yield ""


def _links(entry: CatalogEntry) -> Iterator[str]:
    files = [schema_file(each, entry.event.schema_version) for each in entry.types]
    links = [f"[{file}](schemas/{file})" for file in files]
    yield f"Schema: {links[0]}" if len(links) == 1 else "Schemas:"
    if len(links) > 1:
        yield from (f"- {link}" for link in links)


def _shape(field: dict[str, object]) -> str:
    options = field.get("anyOf")
    if isinstance(options, list):
        return " or ".join(_shape(each) for each in options if each.get("type") != "null")
    if field.get("type") == "array":
        return "array of strings"
    return str(field.get("format") or field.get("type"))


if __name__ == "__main__":
    sys.stdout.write(page())
