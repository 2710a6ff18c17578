"""Ids of all records: UUID version 7, which increase with time."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a fresh id; ids made later sort later, to the millisecond."""
    return uuid7()
