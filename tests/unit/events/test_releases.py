"""A release is kept for good, numbered, and never broken by the next."""

from datetime import date

import pytest

from shared.events.releases import (
    Release,
    ReleaseRefusedError,
    broken_promises,
    catalog_version,
    every_schema,
    next_release,
    read_release,
    releases,
)
from shared.events.schemas import Schema, present_schemas

DAY = date(2026, 12, 1)
TEXT = {"type": "string"}


def share(version: int, **fields: Schema) -> dict[str, Schema]:
    """A catalog of one type, none of its fields required."""
    schema = {
        "$id": f"urn:casomb:event:scoring.share.made:{version}",
        "title": "scoring.share.made",
        "x-subject-kind": "share",
        "properties": fields,
        "required": [],
    }
    return {f"scoring.share.made.v{version}.json": schema}


FIRST = Release(1, DAY, share(1, unit=TEXT))
GROWN = share(2, unit=TEXT, agency=TEXT)


def test_the_first_release_is_number_one() -> None:
    assert next_release([], share(1), DAY) == Release(1, DAY, share(1))


def test_a_catalog_that_has_grown_is_the_next_release() -> None:
    assert next_release([FIRST], GROWN, DAY) == Release(2, DAY, GROWN)


def test_a_catalog_that_breaks_the_last_release_is_not_released() -> None:
    with pytest.raises(ReleaseRefusedError, match=r"`unit` is gone.\n.*scoring.share.made.v2"):
        next_release([FIRST], share(1), DAY)


def test_a_catalog_that_has_not_changed_is_not_released_again() -> None:
    with pytest.raises(ReleaseRefusedError, match="Nothing has changed since release 1"):
        next_release([FIRST], share(1, unit=TEXT), DAY)


def test_before_the_first_release_nothing_was_promised() -> None:
    assert broken_promises([], share(1)) == []


def test_a_schema_of_an_older_version_stays_to_be_had() -> None:
    assert every_schema([FIRST], GROWN) == share(1, unit=TEXT) | GROWN


def test_words_of_now_replace_those_that_were_released() -> None:
    said_better = share(1, unit=TEXT | {"description": "Said better."})

    assert every_schema([FIRST], said_better) == said_better


@pytest.mark.parametrize(
    ("released", "present", "version"),
    [
        ([], share(1), "1-draft"),
        ([FIRST], share(1, unit=TEXT), "1"),
        ([FIRST], GROWN, "2-draft"),
        ([FIRST, Release(2, DAY, GROWN)], GROWN, "2"),
    ],
)
def test_a_catalog_ahead_of_its_last_release_is_a_draft(
    released: list[Release], present: dict[str, Schema], version: str
) -> None:
    assert catalog_version(released, present) == version


def test_a_release_reads_back_as_it_was_written() -> None:
    assert read_release(FIRST.as_json()) == FIRST
    assert FIRST.file == "0001.json"


def test_the_releases_of_the_project_count_from_one() -> None:
    assert [each.number for each in releases()] == [*range(1, len(releases()) + 1)]
    assert present_schemas().keys() <= every_schema(releases(), present_schemas()).keys()
