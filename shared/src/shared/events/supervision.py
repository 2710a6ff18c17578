"""Events of the supervision service about cases, teams, contacts and receipts."""

from typing import ClassVar
from uuid import UUID

from shared.events.event import Event
from shared.plain_dates import PlainDate, PlainInstant


class CaseOpened(Event):
    """A person is, or will be, supervised by an agency."""

    service: ClassVar[str] = "supervision"
    noun_verb: ClassVar[str] = "case.opened"
    subject_kind: ClassVar[str] = "case"

    case_id: UUID
    supervision_type: str
    agency: str
    """Code of the supervising agency."""
    agency_kind: str
    """`probation`, `parole`, …: decides who may score the static instrument."""
    unit: str | None = None
    officer_id: UUID
    starts_on: PlainDate
    county_of_residence: str


class TeamChanged(Event):
    """The containment team of a case from a day on.

    The last team published applies from its day on, and replaces any that was published before for
    a later day.
    """

    service: ClassVar[str] = "supervision"
    noun_verb: ClassVar[str] = "team.changed"
    subject_kind: ClassVar[str] = "case"

    case_id: UUID
    team_id: UUID
    agency: str
    unit: str | None = None
    officer_id: UUID
    provider_id: UUID
    program_id: UUID
    examiner_id: UUID
    effective_from: PlainDate


class ScoreReceiptRecorded(Event):
    """The officer recorded the receipt of a shared score, which starts the clock toward DOJ."""

    service: ClassVar[str] = "supervision"
    noun_verb: ClassVar[str] = "score-receipt.recorded"
    subject_kind: ClassVar[str] = "share"

    share_id: UUID
    score_receipt_id: UUID
    assessment_id: UUID
    case_id: UUID
    instrument: str
    assessed_on: PlainDate
    officer_id: UUID
    agency: str
    unit: str | None = None
    received_at: PlainInstant


class ContactAttested(Event):
    """One side documented a monthly contact."""

    service: ClassVar[str] = "supervision"
    noun_verb: ClassVar[str] = "contact.attested"
    subject_kind: ClassVar[str] = "case"

    case_id: UUID
    contact_attestation_id: UUID
    month: PlainDate
    """First day of the month."""
    side: str
    """`officer` or `provider`."""
    contacted_on: PlainDate


class MonthMet(Event):
    """Officer and provider both documented the same contact of a month."""

    service: ClassVar[str] = "supervision"
    noun_verb: ClassVar[str] = "month.met"
    subject_kind: ClassVar[str] = "case"

    case_id: UUID
    month: PlainDate
    met_at: PlainInstant
