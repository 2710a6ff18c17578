"""Versions: nobody changes what they have not seen."""

from shared.errors import StaleVersionError


def check_version(seen: int | None, stands: int) -> None:
    """Raise StaleVersionError unless the version seen, if any, is the one that stands."""
    if seen is not None and seen != stands:
        raise StaleVersionError(
            f"you have seen version {seen}; version {stands} stands", code="stale-etag"
        )
