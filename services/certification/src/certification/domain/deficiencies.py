"""A deficiency notice: what is missing and why, each item cured on its own, history kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification.domain.checklists import Checklist
from certification.domain.completeness import missing, refuse_unknown
from shared.errors import ConflictError, Fault

DEFAULT_REASON = "not received"


@dataclass(frozen=True)
class DeficiencyItem:
    """One missing item, with the day on which it was cured.

    `was_received_on` is the day on which an item had come that was then sent back.
    """

    item: str
    reason: str
    cured_on: date | None = None
    was_received_on: date | None = None


@dataclass(frozen=True)
class Deficiency:
    """One notice to the applicant; by when it is to be answered is read from the ledger."""

    id: UUID
    application_id: UUID
    sent_on: date
    answer_due_on: date
    items: tuple[DeficiencyItem, ...]

    @property
    def is_cured(self) -> bool:
        """Whether every item came in."""
        return all(each.cured_on is not None for each in self.items)


def lacking(
    checklist: Checklist,
    present: Collection[str],
    named: Mapping[str, str],
    returned: Mapping[str, str] | None = None,
) -> tuple[DeficiencyItem, ...]:
    """The items to put on a notice: those named with their reasons, else all that are missing.

    `returned` is why a reviewer returned some of them: the notice says the same of those. Raises
    InvalidInputError for an item not on the checklist, ConflictError for one that is there and
    where nothing is missing.
    """
    refuse_unknown(checklist, {item: f"items.{item}" for item in named})
    if there := [item for item in named if item in present]:
        raise ConflictError(
            f"{', '.join(there)} has been received: it cannot be a deficiency",
            code="already-received",
            faults=[Fault(f"items.{item}", "has been received already") for item in there],
        )
    why = returned or {}
    reasons = named or {item: why.get(item, DEFAULT_REASON) for item in missing(checklist, present)}
    if not reasons:
        raise ConflictError("nothing is missing", code="nothing-missing")
    return tuple(DeficiencyItem(item, reason) for item, reason in reasons.items())


def sent_back(
    checklist: Checklist, present: Mapping[str, date], named: Mapping[str, str]
) -> tuple[DeficiencyItem, ...]:
    """The items of a complete file that are found deficient, each with its reason.

    Raises InvalidInputError for an item not on the checklist, ConflictError where none is named.
    """
    refuse_unknown(checklist, {item: f"items.{item}" for item in named})
    if not named:
        raise ConflictError(
            "nothing is missing; name the items found deficient",
            code="nothing-missing",
            faults=[Fault("items", "names no item")],
        )
    return tuple(
        DeficiencyItem(item, reason, was_received_on=present[item])
        for item, reason in named.items()
    )


def cured(deficiencies: Sequence[Deficiency], item: str, on: date) -> Deficiency | None:
    """The open deficiency that names the item, with it cured; None where none does."""
    for deficiency in deficiencies:
        for each in deficiency.items:
            if each.item == item and each.cured_on is None:
                items = tuple(
                    replace(other, cured_on=on) if other is each else other
                    for other in deficiency.items
                )
                return replace(deficiency, items=items)
    return None


def refuse_abandonment(notices: Sequence[Deficiency], on: date) -> None:
    """Raise ConflictError unless a notice is still unanswered after the day it was due."""
    unanswered = [each for each in notices if not each.is_cured]
    if not any(each.answer_due_on < on for each in unanswered):
        due = max((each.answer_due_on for each in unanswered), default=None)
        raise ConflictError(
            f"the applicant may answer until {due}",
            code="answer-not-overdue",
            members={"answer_due_on": due.isoformat() if due else None},
        )
