"""Every setting of an edition is read: by a rule, by a service's data file, or by code.

A setting that nobody reads looks like an answer that can be changed, and changing it does nothing.
"""

import re
from pathlib import Path

import pytest

from shared.law.reading.rulebook import load_edition

ROOT = Path(__file__).parents[2]
EDITIONS = ("standards-2012", "sb-1473")


def _readers() -> set[str]:
    """The names of settings that code quotes, or that data files read by a key `…_setting`."""
    sources = [*ROOT.glob("shared/src"), *ROOT.glob("services/*/src")]
    found: set[str] = set()
    for source in sources:
        for file in source.rglob("*.py"):
            found.update(re.findall(r'"([a-z0-9-]+)"', file.read_text()))
        for file in source.rglob("*.yaml"):
            found.update(re.findall(r"\w+_setting: ([a-z0-9-]+)", file.read_text()))
    return found


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_setting_of_an_edition_is_read(edition: str) -> None:
    unread = set(load_edition(edition).settings) - _readers()

    assert unread == set()
