"""Versions: nobody overwrites a change they have not seen."""

from shared.errors import StaleVersionError

Seen = frozenset[int]
"""The versions that the caller has seen, usually one; the current one must be among them.

A caller that lost an answer, and does not know whether its change was made, names two.
"""


def check_version(seen: Seen | None, stands: int) -> None:
    """Raise StaleVersionError unless the current version is one of those seen (if any is named)."""
    if seen is not None and stands not in seen:
        named = " or ".join(map(str, sorted(seen)))
        raise StaleVersionError(
            f"You have read version {named}. The current version is {stands}.", code="stale-etag"
        )
