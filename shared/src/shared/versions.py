"""Versions: nobody changes what they have not seen."""

from shared.errors import StaleVersionError

Seen = frozenset[int]
"""The versions that the asker has seen, any of which may stand: mostly one.

Two are named by who lost an answer and does not know whether the change before was made.
"""


def check_version(seen: Seen | None, stands: int) -> None:
    """Raise StaleVersionError unless a version seen, if any is named, is the one that stands."""
    if seen is not None and stands not in seen:
        named = " or ".join(map(str, sorted(seen)))
        raise StaleVersionError(
            f"You have seen version {named}. Version {stands} stands.", code="stale-etag"
        )
