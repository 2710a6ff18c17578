"""Refusal of a record that is already there, word for word or under the same key."""

from uuid import UUID

from shared.errors import ConflictError


def refuse_recorded(thing: str, first: UUID | None) -> None:
    """Raise ConflictError if the record already exists; the error contains the first one's ID."""
    if first is not None:
        raise ConflictError(
            f"this {thing} is already on record: {first}",
            code="recorded-already",
            members={f"{thing.replace(' ', '_')}_id": str(first)},
        )
