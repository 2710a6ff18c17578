"""What is recorded a second time, word for word or under the same key, is refused by the first."""

from uuid import UUID

from shared.errors import ConflictError


def refuse_recorded(thing: str, first: UUID | None) -> None:
    """Raise ConflictError where such a thing is on record already; its member names the first."""
    if first is not None:
        raise ConflictError(
            f"this {thing} is on record already: {first}",
            code="recorded-already",
            members={f"{thing.replace(' ', '_')}_id": str(first)},
        )
