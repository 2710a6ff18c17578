"""Converts decisions of this service to events, which contain only IDs, codes and dates."""

from datetime import datetime
from uuid import UUID

from shared.events.supervision import (
    CaseOpened,
    ContactAttested,
    MonthMet,
    ScoreReceiptRecorded,
    TeamChanged,
)
from supervision.domain.cases import Case
from supervision.domain.contacts import Attestation
from supervision.domain.months import Month
from supervision.domain.receipts import ScoreReceipt
from supervision.domain.teams import Team


def case_opened(case: Case) -> CaseOpened:
    """Build the event of an opened case."""
    return CaseOpened(
        case_id=case.id,
        supervision_type=case.supervision_type,
        agency=case.agency,
        agency_kind=case.agency_kind,
        unit=case.unit,
        officer_id=case.officer_id,
        starts_on=case.dates.starts_on,
        county_of_residence=case.county_of_residence,
    )


def team_changed(case: Case, team: Team) -> TeamChanged:
    """Build the event of a new team."""
    return TeamChanged(
        case_id=case.id,
        team_id=team.id,
        agency=case.agency,
        unit=case.unit,
        officer_id=team.officer_id,
        provider_id=team.members.provider_id,
        program_id=team.members.program_id,
        examiner_id=team.members.examiner_id,
        effective_from=team.effective_from,
    )


def score_receipt_recorded(receipt: ScoreReceipt) -> ScoreReceiptRecorded:
    """Build the event of a received score."""
    share = receipt.share
    return ScoreReceiptRecorded(
        share_id=share.id,
        score_receipt_id=receipt.id,
        assessment_id=share.assessment_id,
        case_id=share.case_id,
        instrument=share.instrument,
        assessed_on=share.assessed_on,
        officer_id=receipt.officer_id,
        agency=share.agency,
        unit=share.unit,
        received_at=receipt.received_at,
    )


def contact_attested(attestation: Attestation) -> ContactAttested:
    """Build the event of one side's contact attestation."""
    return ContactAttested(
        case_id=attestation.case_id,
        contact_attestation_id=attestation.id,
        month=attestation.contact.month.first_day,
        side=attestation.side,
        contacted_on=attestation.contact.contacted_on,
    )


def month_met(case_id: UUID, month: Month, at: datetime) -> MonthMet:
    """Build the event of a month in which both sides attested the same contact."""
    return MonthMet(case_id=case_id, month=month.first_day, met_at=at)
