"""The one stable reference of an assessment and version toward DOJ: same reference, same bytes."""

from uuid import UUID

PREFIX = "CASOMB"


def reference_of(assessment_id: UUID, version: int) -> str:
    """Return the reference; it is made of ids alone and never changes."""
    return f"{PREFIX}-{assessment_id}-{version}"
