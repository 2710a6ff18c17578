"""The monthly contact: provider and officer communicate at least once a month, both document it.

Each side attests once for a month; the two attestations are paired. They agree when they name
the same day and mode (the Board's standards page; Penal Code 1203.067, 3008).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError, NotAllowedError
from supervision.domain.months import Month

NOT_REQUIRED = "month-not-required"
"""The edition's setting that says in which months no contact is required."""

NOT_ACTIVE_WHOLE_MONTH = "case-not-active-whole-month"
"""Its word for a month in which the case had no team, or was not under supervision, on some day."""


class Side(StrEnum):
    """Who documents."""

    OFFICER = "officer"
    PROVIDER = "provider"


class Mode(StrEnum):
    """How the two communicated."""

    IN_PERSON = "in-person"
    TELEPHONE = "telephone"
    VIDEO = "video"
    E_MAIL = "e-mail"


class Topic(StrEnum):
    """What the two spoke about."""

    PROGRESS = "progress"
    DYNAMIC_RISK = "dynamic-risk"
    CRIMINOGENIC_NEEDS = "criminogenic-needs"


class MonthState(StrEnum):
    """What the attestations of a month add up to."""

    NONE = "none"
    ONE_SIDED = "one-sided"
    MET = "met"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class Contact:
    """A contact as one side describes it."""

    month: Month
    contacted_on: date
    mode: Mode
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Attestation:
    """One side's word for the contact of a month."""

    id: UUID
    case_id: UUID
    side: Side
    contact: Contact
    attested_by: str
    attested_at: datetime


def month_state(attestations: Collection[Attestation]) -> MonthState:
    """Pair what the sides attested for one month."""
    if not attestations:
        return MonthState.NONE
    if len({each.side for each in attestations}) == 1:
        return MonthState.ONE_SIDED
    told = {(each.contact.contacted_on, each.contact.mode) for each in attestations}
    return MonthState.MET if len(told) == 1 else MonthState.CONTRADICTED


def is_required(month: Month, active_from: date, not_required: Collection[str]) -> bool:
    """Whether a month's contact is owed by a case with a team that is supervised from a day on.

    `not_required` is the answer of the edition's setting.
    """
    if NOT_ACTIVE_WHOLE_MONTH in not_required:
        return active_from <= month.first_day
    return Month.of(active_from) <= month


def check_attestation(
    contact: Contact, side: Side, earlier: Collection[Attestation], by: str, today: date
) -> None:
    """Refuse a day in the future or in another month, and a side's second word for a month.

    NotAllowedError for one person's word for both sides: two who spoke both document it.
    """
    if contact.contacted_on > today:
        raise _impossible("lies in the future")
    if not contact.month.holds(contact.contacted_on):
        raise _impossible(f"does not lie in {contact.month}")
    for each in earlier:
        if each.side is side:
            raise ConflictError(
                f"the {side} has documented the contact of {contact.month} already: "
                f"attestation {each.id}",
                code="already-attested",
                members={"contact_attestation_id": str(each.id)},
            )
        if each.attested_by == by:
            raise NotAllowedError(
                f"you documented the contact of {contact.month} for the {each.side}; "
                "another person documents it for the other side",
                code="both-sides-one-person",
            )


def _impossible(words: str) -> InvalidInputError:
    return InvalidInputError(
        f"the day of the contact {words}",
        code="impossible-contact-day",
        faults=[Fault("contacted_on", words)],
    )
