"""The released event catalogs, which partners rely on and new event types are compared with.

A release is a snapshot of every schema. It is kept forever, because events of old schema versions
stay in the log.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from shared.events.compatibility import findings
from shared.events.schemas import Schema


class ReleaseRefusedError(Exception):
    """The current catalog cannot be released; the message has one reason per line."""


@dataclass(frozen=True)
class Release:
    """One released catalog; the schemas by file name."""

    number: int
    released_on: date
    schemas: Mapping[str, Schema]

    @property
    def file(self) -> str:
        """The name of its file; names sort in the order of the numbers."""
        return f"{self.number:04}.json"

    def as_json(self) -> str:
        """The contents of its file."""
        content = {
            "release": self.number,
            "released_on": self.released_on.isoformat(),
            "schemas": self.schemas,
        }
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


@cache
def releases() -> tuple[Release, ...]:
    """All releases, oldest first."""
    folder = files("shared.events").joinpath("released")
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    return tuple(read_release(folder.joinpath(name).read_text()) for name in found)


def read_release(content: str) -> Release:
    """Parse what `Release.as_json` wrote."""
    read = json.loads(content)
    return Release(read["release"], date.fromisoformat(read["released_on"]), read["schemas"])


def every_schema(
    released: Sequence[Release], present: Mapping[str, Schema]
) -> Mapping[str, Schema]:
    """All schemas by file name: the current ones, and older versions as last released."""
    found: dict[str, Schema] = {}
    for release in released:
        found.update(release.schemas)
    return found | dict(present)


def broken_promises(released: Sequence[Release], present: Mapping[str, Schema]) -> list[str]:
    """Describe each incompatibility with the last release; empty before the first release."""
    return findings(released[-1].schemas, present) if released else []


def next_release(released: Sequence[Release], present: Mapping[str, Schema], on: date) -> Release:
    """The current catalog as the next release.

    Raises ReleaseRefusedError if it is incompatible with the last release or equal to it.
    """
    if broken := broken_promises(released, present):
        raise ReleaseRefusedError("\n".join(broken))
    number = released[-1].number if released else 0
    if released and released[-1].schemas == present:
        raise ReleaseRefusedError(f"Nothing has changed since release {number}.")
    return Release(number + 1, on, present)


def catalog_version(released: Sequence[Release], present: Mapping[str, Schema]) -> str:
    """The number of the last release; `2-draft` while the models are ahead of release 1."""
    number = released[-1].number if released else 0
    is_released = bool(released) and released[-1].schemas == present
    return str(number) if is_released else f"{number + 1}-draft"
