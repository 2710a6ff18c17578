"""Requirement checklists by kind and level: versioned data, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from certification.domain.applications import Kind, Level
from shared.data_files.data_file import Section, parsed


@dataclass(frozen=True)
class Checklist:
    """The items that an application of one kind and level needs, from a day on."""

    name: str
    kind: Kind
    level: Level | None
    effective_from: date
    source: str
    items: tuple[str, ...]


def parse_checklists(where: str, text: str) -> tuple[dict[str, Checklist], dict[str, str]]:
    """Build the checklists by name, and the titles of the items.

    DataFileError names place and reason.
    """
    file = parsed(where, text)
    titles = file.named_texts("items")
    found: dict[str, Checklist] = {}
    for section in file.sections("checklists"):
        checklist = _checklist(section, titles)
        if checklist.name in found:
            raise section.fault(f"the name {checklist.name} is used twice")
        found[checklist.name] = checklist
    file.finish()
    return found, titles


def _checklist(section: Section, titles: Mapping[str, str]) -> Checklist:
    checklist = Checklist(
        name=section.text("name"),
        kind=section.choice("kind", Kind),
        level=section.choice("level", Level) if section.has("level") else None,
        effective_from=section.day("effective_from"),
        source=section.text("source"),
        items=section.texts("items"),
    )
    section.finish()
    if unknown := [item for item in checklist.items if item not in titles]:
        raise section.fault(f"unknown item {', '.join(unknown)}")
    if len(set(checklist.items)) != len(checklist.items):
        raise section.fault("an item is listed twice")
    return checklist
