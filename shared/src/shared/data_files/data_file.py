"""Reads data files and reports mistakes with file, line and reason."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from shared.data_files.yaml_nodes import Node, YamlDocument, YamlRefusedError

Choice = TypeVar("Choice", bound=StrEnum)


class DataFileError(Exception):
    """A data file is not valid; the message contains file, line, place and reason."""


class Section:
    """One mapping of a data file; `finish` refuses keys that were not read."""

    def __init__(self, document: YamlDocument, node: Node, place: tuple[str, ...] = ()) -> None:
        self._document = document
        self._node = node
        self._place = place
        if not node.is_mapping:
            raise self.fault("must be a mapping")
        self._entries: Mapping[str, Node] = node.entries()
        self._asked: set[str] = set()

    def fault(self, reason: str, at: str | None = None) -> DataFileError:
        """Make the error for a key or for the whole section, with its line."""
        node = self._node if at is None else self._entries.get(at, self._node)
        return DataFileError(
            f"{', '.join((self._document.name, f'line {node.line}', *self._place))}: {reason}"
        )

    def names(self) -> tuple[str, ...]:
        """Return the keys, in their order."""
        return tuple(self._entries)

    def has(self, key: str) -> bool:
        """Whether the key exists and has a value."""
        return key in self._entries and not self._entries[key].is_null

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty."""
        value = self._value(key, default)
        if not isinstance(value, str) or not (value.strip() or value == default):
            raise self.fault(f"{key} must be a text that is not empty", key)
        return " ".join(value.split())

    def optional_text(self, key: str) -> str | None:
        """Return a text, or None if the key is absent."""
        return self.text(key) if self.has(key) else None

    def whole(self, key: str, least: int | None = None) -> int:
        """Return a whole number."""
        value = self._value(key, None)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(f"{key} must be a whole number", key)
        if least is not None and value < least:
            raise self.fault(f"{key} must be at least {least}", key)
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers."""
        listed = self._value(key, None)
        if not isinstance(listed, list) or not listed:
            raise self.fault(f"{key} must be a list of whole numbers", key)
        if not all(isinstance(each, int) and not isinstance(each, bool) for each in listed):
            raise self.fault(f"{key} must be a list of whole numbers", key)
        return tuple(listed)

    def flag(self, key: str) -> bool:
        """Return true or false; absent means false."""
        value = self._value(key, default=False)
        if not isinstance(value, bool):
            raise self.fault(f"{key} must be true or false", key)
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value = self._value(key, None)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(f"{key} must be a date", key)
        return value

    def choice(self, key: str, choices: type[Choice], default: str | None = None) -> Choice:
        """Return one of the choices."""
        value = self.text(key, default)
        if value not in set(choices):
            raise self.fault(f"unknown {key} {value!r}; must be one of {', '.join(choices)}", key)
        return choices(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one."""
        value = self._value(key, None)
        listed = value if isinstance(value, list) else [value]
        if not listed or not all(isinstance(each, str) and each for each in listed):
            raise self.fault(f"{key} must be a text or a list of texts", key)
        return tuple(listed)

    def whole_or_texts(self, key: str) -> int | str | tuple[str, ...]:
        """Return a whole number, a text, or a list of texts."""
        value = self._value(key, None)
        if isinstance(value, list):
            return self.texts(key)
        if isinstance(value, int):
            return self.whole(key)
        return self.text(key)

    def sections(self, key: str) -> list["Section"]:
        """Return a list of mappings; absent means an empty list."""
        self._asked.add(key)
        if not self.has(key):
            return []
        listed = self._entries[key]
        if not listed.is_list:
            raise self.fault(f"{key} must be a list", key)
        return [self._within(each, f"{key} {n}") for n, each in enumerate(listed.items(), 1)]

    def section(self, key: str) -> "Section":
        """Return a mapping."""
        self._value(key, None)
        return self._within(self._entries[key], key)

    def named_sections(self, key: str) -> dict[str, "Section"]:
        """Return a mapping of mappings."""
        named = self.section(key)
        return {name: named.section(name) for name in named.names()}

    def named_texts(self, key: str) -> dict[str, str]:
        """Return a mapping of texts."""
        named = self.section(key)
        return {name: named.text(name) for name in named.names()}

    def finish(self) -> None:
        """Refuse keys that were not read: a misspelled key must not pass as absent."""
        if unknown := [name for name in self._entries if name not in self._asked]:
            raise self.fault(f"unknown key {', '.join(sorted(unknown))}", unknown[0])

    def _within(self, node: Node, name: str) -> "Section":
        return Section(self._document, node, (*self._place, name))

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        try:
            value = self._document.value(self._entries[key]) if key in self._entries else default
        except YamlRefusedError as error:
            raise DataFileError(str(error)) from error
        if value is None:
            raise self.fault(f"{key} is missing", key)
        return value


def parsed(where: str, text: str) -> Section:
    """Parse a data file; `where` is its name in error messages."""
    try:
        document = YamlDocument(where, text)
    except YamlRefusedError as error:
        raise DataFileError(str(error)) from error
    return Section(document, document.root)
