"""Deficiency notices: what is missing and why. Each item is cured separately and kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from certification.domain.checklists import Checklist
from certification.domain.completeness import fields_of, missing, refuse_unknown
from shared.errors import ConflictError, Fault

DEFAULT_REASON = "not received"


@dataclass(frozen=True)
class DeficiencyItem:
    """One missing item, with the day on which it was cured.

    `was_received_on` is the day on which an item that was sent back had been received.
    """

    item: str
    reason: str
    cured_on: date | None = None
    was_received_on: date | None = None


@dataclass(frozen=True)
class Deficiency:
    """One notice to the applicant; its due date is read from the ledger of duties."""

    id: UUID
    application_id: UUID
    sent_on: date
    answer_due_on: date
    items: tuple[DeficiencyItem, ...]

    @property
    def is_cured(self) -> bool:
        """Whether every item has been received."""
        return all(each.cured_on is not None for each in self.items)


def lacking(
    checklist: Checklist,
    present: Collection[str],
    named: Mapping[str, str],
    returned: Mapping[str, str] | None = None,
) -> tuple[DeficiencyItem, ...]:
    """Return the items to put on a notice: those named with reasons, else all missing ones.

    `returned` contains the reasons for which a reviewer returned items; the notice repeats them.
    Raises InvalidInputError for an item that is not on the checklist, ConflictError for an item
    that was received or if nothing is missing.
    """
    refuse_unknown(checklist, fields_of("items.{}.item", named))
    if there := [item for item in named if item in present]:
        raise ConflictError(
            f"{', '.join(there)} has been received, so it cannot be requested as missing",
            code="already-received",
            faults=[
                Fault(fields_of("items.{}.item", named)[item], "has already been received")
                for item in there
            ],
        )
    why = returned or {}
    reasons = named or {item: why.get(item, DEFAULT_REASON) for item in missing(checklist, present)}
    if not reasons:
        raise ConflictError("nothing is missing", code="nothing-missing")
    return tuple(DeficiencyItem(item, reason) for item, reason in reasons.items())


def sent_back(
    checklist: Checklist, present: Mapping[str, date], named: Mapping[str, str]
) -> tuple[DeficiencyItem, ...]:
    """Return the items of a complete application that are found deficient, with reasons.

    Raises InvalidInputError for an item that is not on the checklist, ConflictError if none is
    named.
    """
    refuse_unknown(checklist, fields_of("items.{}.item", named))
    if not named:
        raise ConflictError(
            "nothing is missing; name the items that are deficient",
            code="nothing-missing",
            faults=[Fault("items", "must name at least one item")],
        )
    return tuple(
        DeficiencyItem(item, reason, was_received_on=present[item])
        for item, reason in named.items()
    )


def cured(deficiencies: Sequence[Deficiency], item: str, on: date) -> Deficiency | None:
    """Return the open notice that names the item, with the item cured; None if there is none."""
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
    """Raise ConflictError unless the due date of an open notice has passed."""
    unanswered = [each for each in notices if not each.is_cured]
    if not any(each.answer_due_on < on for each in unanswered):
        due = max((each.answer_due_on for each in unanswered), default=None)
        raise ConflictError(
            f"the application cannot be closed yet: the applicant may answer until {due}",
            code="answer-not-overdue",
            members={"answer_due_on": due.isoformat() if due else None},
        )
