"""Reads the law's data files so that a mistake in one is named with its file, place and reason."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from importlib.resources import files
from pathlib import PurePosixPath
from typing import TypeVar

import yaml

Choice = TypeVar("Choice", bound=StrEnum)


class LawDataError(Exception):
    """A rulebook or calendar file cannot be believed; the message names file, place and reason."""


class Section:
    """One mapping of a data file; every key must be asked for, or `finish` refuses it."""

    def __init__(self, where: str, content: object) -> None:
        if not isinstance(content, Mapping):
            raise LawDataError(f"{where}: expected a mapping")
        self.where = where
        self._content = {str(key): value for key, value in content.items()}
        self._asked: set[str] = set()

    def fault(self, reason: str) -> LawDataError:
        """Make the error for something wrong here."""
        return LawDataError(f"{self.where}: {reason}")

    def names(self) -> tuple[str, ...]:
        """Return the keys, in their order."""
        return tuple(self._content)

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self._content.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that is not empty."""
        value = self._value(key, default)
        if not isinstance(value, str) or not (value.strip() or value == default):
            raise self.fault(f"{key} must be a text that is not empty")
        return " ".join(value.split())

    def whole(self, key: str) -> int:
        """Return a whole number."""
        value = self._value(key, None)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(f"{key} must be a whole number")
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers."""
        listed = self._value(key, None)
        if not isinstance(listed, list) or not listed:
            raise self.fault(f"{key} must be a list of whole numbers")
        if not all(isinstance(each, int) and not isinstance(each, bool) for each in listed):
            raise self.fault(f"{key} must be a list of whole numbers")
        return tuple(listed)

    def flag(self, key: str) -> bool:
        """Return a yes or no; absent means no."""
        value = self._value(key, default=False)
        if not isinstance(value, bool):
            raise self.fault(f"{key} must be true or false")
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value = self._value(key, None)
        if not isinstance(value, date):
            raise self.fault(f"{key} must be a date")
        return value

    def choice(self, key: str, choices: type[Choice], default: str | None = None) -> Choice:
        """Return one of the choices."""
        value = self.text(key, default)
        if value not in set(choices):
            raise self.fault(f"unknown {key} {value!r}; known: {', '.join(choices)}")
        return choices(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; one text alone is a list of one."""
        value = self._value(key, None)
        listed = value if isinstance(value, list) else [value]
        if not listed or not all(isinstance(each, str) and each for each in listed):
            raise self.fault(f"{key} must be a text or a list of texts")
        return tuple(listed)

    def sections(self, key: str) -> list["Section"]:
        """Return a list of mappings; absent means none."""
        value = self._value(key, [])
        if not isinstance(value, list):
            raise self.fault(f"{key} must be a list")
        return [Section(f"{self.where}, {key} {n}", each) for n, each in enumerate(value, 1)]

    def section(self, key: str) -> "Section":
        """Return a mapping."""
        return Section(f"{self.where}, {key}", self._value(key, None))

    def named_sections(self, key: str) -> dict[str, "Section"]:
        """Return a mapping of mappings."""
        named = self.section(key)
        return {name: named.section(name) for name in named.names()}

    def named_texts(self, key: str) -> dict[str, str]:
        """Return a mapping of texts."""
        named = self.section(key)
        return {name: named.text(name) for name in named.names()}

    def finish(self) -> None:
        """Refuse keys that nobody asked for: a misspelling must not pass as an absence."""
        if unknown := sorted(set(self._content) - self._asked):
            raise self.fault(f"unknown key {', '.join(unknown)}")

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        value = self._content.get(key, default)
        if value is None:
            raise self.fault(f"{key} is missing")
        return value


def packaged_text(path: str) -> str:
    """Return a data file of this package, for example `editions/standards-2012.yaml`."""
    try:
        return files("shared.law").joinpath("data", path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise LawDataError(f"{path}: there is no such file") from None


def packaged_names(folder: str) -> tuple[str, ...]:
    """Return the names of the data files in a folder, without their suffix."""
    found = files("shared.law").joinpath("data", folder).iterdir()
    return tuple(sorted(PurePosixPath(each.name).stem for each in found))


def parsed(where: str, text: str) -> Section:
    """Parse a data file."""
    try:
        return Section(where, yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise LawDataError(f"{where}: not valid YAML: {error}") from error
