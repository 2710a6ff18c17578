"""Completeness: which items of its checklist an application has, and which it lacks."""

from collections.abc import Collection, Mapping

from certification.domain.checklists import Checklist
from shared.errors import ConflictError, Fault, InvalidInputError


def missing(checklist: Checklist, present: Collection[str]) -> tuple[str, ...]:
    """The items not there yet, in the checklist's order."""
    return tuple(item for item in checklist.items if item not in present)


def refuse_unknown(checklist: Checklist, fields: Mapping[str, str]) -> None:
    """Raise InvalidInputError for each item not on the checklist, by the field that names it."""
    unknown = [item for item in fields if item not in checklist.items]
    if unknown:
        raise InvalidInputError(
            f"checklist {checklist.name} has no item {', '.join(unknown)}",
            code="unknown-item",
            faults=[Fault(fields[item], f"{item} is not on the checklist") for item in unknown],
        )


def refuse_incomplete(checklist: Checklist, present: Collection[str]) -> None:
    """Raise ConflictError naming each item still missing."""
    lacking = missing(checklist, present)
    if lacking:
        raise ConflictError(
            f"the application is not complete: {', '.join(lacking)} missing",
            code="incomplete",
            faults=[Fault(f"documents.{item}", "is missing") for item in lacking],
        )


def refuse_present(item: str, present: Collection[str]) -> None:
    """Raise ConflictError where the item has been received before."""
    if item in present:
        raise ConflictError(
            f"{item} has been received already",
            code="already-received",
            faults=[Fault("body.item", "has been received already")],
        )


def refuse_unmet(checklist: Checklist, present: Collection[str]) -> None:
    """Raise ConflictError for a grant whose checklist is not met, naming each item it lacks."""
    lacking = missing(checklist, present)
    if lacking:
        raise ConflictError(
            f"checklist {checklist.name} is not met: {', '.join(lacking)} missing",
            code="checklist-unmet",
            faults=[Fault(f"documents.{item}", "is missing") for item in lacking],
        )
