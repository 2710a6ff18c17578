"""The monthly contact: officer and provider communicate each month, and both record it.

Each side attests once per month. The two attestations agree if they have the same day and mode
(the Board's standards page; Penal Code 1203.067, 3008).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from shared.errors import ConflictError, Fault, InvalidInputError, NotAllowedError
from supervision.domain.months import Month

NOT_REQUIRED = "month-not-required"
"""Name of the edition setting that lists when no contact is required in a month."""

NOT_ACTIVE_WHOLE_MONTH = "case-not-active-whole-month"
"""Value of that setting: a month in which the case had no team or supervision on some day."""


class Side(StrEnum):
    """The side that attests: officer or provider."""

    OFFICER = "officer"
    PROVIDER = "provider"


class Mode(StrEnum):
    """How the officer and the provider communicated."""

    IN_PERSON = "in-person"
    TELEPHONE = "telephone"
    VIDEO = "video"
    E_MAIL = "e-mail"


class Topic(StrEnum):
    """What the officer and the provider discussed."""

    PROGRESS = "progress"
    DYNAMIC_RISK = "dynamic-risk"
    CRIMINOGENIC_NEEDS = "criminogenic-needs"


class MonthState(StrEnum):
    """State of a month, derived from the attestations of both sides."""

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
    """One side's record of the contact of a month."""

    id: UUID
    case_id: UUID
    side: Side
    contact: Contact
    attested_by: str
    attested_at: datetime


def month_state(attestations: Collection[Attestation]) -> MonthState:
    """Compare the attestations of one month and return the state of the month."""
    if not attestations:
        return MonthState.NONE
    if len({each.side for each in attestations}) == 1:
        return MonthState.ONE_SIDED
    told = {(each.contact.contacted_on, each.contact.mode) for each in attestations}
    return MonthState.MET if len(told) == 1 else MonthState.CONTRADICTED


def is_required(month: Month, active_from: date, not_required: Collection[str]) -> bool:
    """Whether a contact is required in a month for a case that is active from `active_from` on.

    A case is active when it is under supervision and has a team. `not_required` is the value of the
    edition setting.
    """
    if NOT_ACTIVE_WHOLE_MONTH in not_required:
        return active_from <= month.first_day
    return Month.of(active_from) <= month


def check_attestation(
    contact: Contact, side: Side, earlier: Collection[Attestation], by: str, today: date
) -> None:
    """Refuse a day in the future or in another month, and a side's second attestation of a month.

    Raises NotAllowedError if one person attests for both sides.
    """
    if contact.contacted_on > today:
        raise _impossible("must not be in the future")
    if not contact.month.holds(contact.contacted_on):
        raise _impossible(f"must be in the month {contact.month}")
    for each in earlier:
        if each.side is side:
            raise ConflictError(
                f"the {side} has already attested the contact of {contact.month} "
                f"in attestation {each.id}",
                code="already-attested",
                members={"contact_attestation_id": str(each.id)},
            )
        if each.attested_by == by:
            raise NotAllowedError(
                f"you attested the contact of {contact.month} for the {each.side}; "
                "another person must attest it for the other side",
                code="both-sides-one-person",
            )


def _impossible(words: str) -> InvalidInputError:
    return InvalidInputError(
        f"the day of the contact {words}",
        code="impossible-contact-day",
        faults=[Fault("contacted_on", words)],
    )
