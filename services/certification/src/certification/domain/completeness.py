"""Completeness: which checklist items an application has, which it lacks, and since when."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from certification.domain.checklists import Checklist
from shared.errors import ConflictError, Fault, InvalidInputError


def missing(checklist: Checklist, present: Collection[str]) -> tuple[str, ...]:
    """Return the items that have not been received, in the checklist's order."""
    return tuple(item for item in checklist.items if item not in present)


def complete_since(
    checklist: Checklist, arrivals: Mapping[str, datetime], submitted_at: datetime
) -> datetime:
    """Return when the last required item arrived.

    The items of a draft arrive with its submission. For an item that was returned, only what came
    after that counts.
    """
    return max(submitted_at, *(arrivals[item] for item in checklist.items))


def refuse_unknown(checklist: Checklist, fields: Mapping[str, str]) -> None:
    """Raise InvalidInputError for items that are not on the checklist, with their fields."""
    unknown = [item for item in fields if item not in checklist.items]
    if unknown:
        raise InvalidInputError(
            f"checklist {checklist.name} has no item {', '.join(unknown)}",
            code="unknown-item",
            faults=[Fault(fields[item], f"{item} is not on the checklist") for item in unknown],
        )


def fields_of(field: str, items: Iterable[str]) -> Mapping[str, str]:
    """Return the field of each item of a list; `field` has `{}` for the item's place in it."""
    return {item: field.format(place) for place, item in enumerate(items)}


def refuse_incomplete(checklist: Checklist, present: Collection[str]) -> None:
    """Raise ConflictError that names each missing item."""
    lacking = missing(checklist, present)
    if lacking:
        raise ConflictError(
            f"the application is not complete: {', '.join(lacking)} missing",
            code="incomplete",
            faults=[Fault(f"documents.{item}", "is missing") for item in lacking],
        )


def refuse_present(item: str, present: Collection[str]) -> None:
    """Raise ConflictError if the item has been received before."""
    if item in present:
        raise ConflictError(
            f"{item} has already been received",
            code="already-received",
            faults=[Fault("item", "has already been received")],
        )


def refuse_unmet(checklist: Checklist, present: Collection[str]) -> None:
    """Raise ConflictError for a grant with missing checklist items, naming each one."""
    lacking = missing(checklist, present)
    if lacking:
        raise ConflictError(
            f"checklist {checklist.name} is not met: {', '.join(lacking)} missing",
            code="checklist-unmet",
            faults=[Fault(f"documents.{item}", "is missing") for item in lacking],
        )
