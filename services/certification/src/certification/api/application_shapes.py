"""Response bodies for applications."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from certification.domain.appeals import AppealOutcome
from certification.domain.application_moves import ApplicationState, WaitingOn
from certification.domain.applications import (
    ClientBand,
    EntityType,
    Kind,
    Level,
    LiveScan,
    Purpose,
)
from certification.domain.documents import Review
from certification.domain.interests import Interest
from certification.domain.standings import Status


class SubmittedAnswer(BaseModel):
    """An application as it was received.

    The Board's 45-day clock starts when the application is complete.
    """

    application_id: UUID
    kind: Kind = Field(description="Whether a provider or a program applied.")
    holder_id: UUID = Field(
        description="ID of the provider or program. A renewal or upgrade keeps the ID of its "
        "certification's holder."
    )
    state: ApplicationState
    received_on: date | None = Field(
        description="Day on which the application was submitted. Null for a draft."
    )
    missing: list[str] = Field(
        description="Codes of the checklist items that have not been received. Empty if nothing "
        "is missing."
    )
    status_token: str = Field(
        description="Token for checking status without signing in. Returned only once; store it."
    )


class ApplicationLine(BaseModel):
    """One application in a list."""

    application_id: UUID
    kind: Kind = Field(description="Whether a provider or a program applied.")
    holder_id: UUID = Field(description="ID of the provider or program that applied.")
    level: Level | None = Field(
        description="Level that the provider applied for. Null for a program."
    )
    state: ApplicationState
    waiting_on: WaitingOn | None = Field(
        description="Who must act next: the applicant or the Board. Null if the application was "
        "decided, withdrawn or abandoned."
    )
    purpose: Purpose
    received_on: date | None = Field(
        description="Day on which the application was submitted. Null for a draft."
    )
    completed_on: date | None = Field(
        description="Day on which the last required item arrived. Null until staff find the "
        "application complete."
    )
    found_complete_on: date | None = Field(
        description="Day on which staff first found the application complete. Null until then."
    )
    decided_on: date | None = Field(
        description="Day of the Board's decision. Null if undecided, or if an appeal reversed the "
        "denial."
    )
    reviewer_id: UUID | None = Field(
        description="Account ID of the assigned reviewer. Null if none is assigned."
    )
    queue_position: int | None = Field(
        description="Position among all complete applications that wait for review, starting at "
        "1. Null for any other application."
    )


class DocumentAnswer(BaseModel):
    """A document received for one checklist item, and the result of its review."""

    document_id: UUID
    item: str = Field(description="Code of the checklist item.")
    received_on: date = Field(description="Day on which the document was received.")
    review: Review = Field(
        description="`received`: not reviewed yet. `accepted`: it meets the requirement. "
        "`returned`: it must be sent again."
    )
    review_reason: str | None = Field(
        description="Why the document was returned. Null if no reason was given."
    )
    reviewed_at: datetime | None = Field(
        description="When staff reviewed the document. Null if not reviewed."
    )
    sha256: str | None = Field(
        description="SHA-256 of the content in lower-case hex. Null if no content was announced "
        "or stored."
    )
    size_bytes: int | None = Field(
        description="Size of the content in bytes. Null if no content was announced or stored."
    )
    media_type: str | None = Field(
        description="Media type of the content, for example `application/pdf`. Null if no content "
        "was announced or stored."
    )
    content_at: datetime | None = Field(
        description="When the content was stored. Null until it is uploaded."
    )
    superseded_at: datetime | None = Field(
        description="When a newer document for the same item replaced this one. Null if it was "
        "not replaced."
    )


class DeficiencyItemAnswer(BaseModel):
    """One checklist item named in a deficiency notice."""

    item: str = Field(description="Code of the checklist item.")
    reason: str = Field(description="Why the item is requested, as stated in the notice.")
    cured_on: date | None = Field(
        description="Day on which the applicant sent the item. Null until then."
    )
    was_received_on: date | None = Field(
        description="Day on which an item that was sent back had first been received. Null if it "
        "had not been received."
    )


class ReminderAnswer(BaseModel):
    """One reminder about the due date of the answer to a deficiency notice."""

    kind: str = Field(
        description="`due-soon`: the due date is near. `overdue`: the due date has passed."
    )
    notify: str = Field(description="Who was reminded.")
    given_at: datetime = Field(description="When the reminder was sent.")


class DeficiencyAnswer(BaseModel):
    """A deficiency notice: what the applicant must still send."""

    deficiency_id: UUID
    sent_on: date = Field(description="Day on which the notice was sent.")
    answer_due_on: date = Field(description="Last day on which the applicant can answer.")
    items: list[DeficiencyItemAnswer]
    reminders: list[ReminderAnswer]


class BarredAnswer(BaseModel):
    """A reviewer who had a conflict of interest with the application when it was decided."""

    reviewer: UUID = Field(description="Account ID of the reviewer.")
    because: list[Interest] = Field(description="Why the reviewer was barred.")


class OutcomeAnswer(BaseModel):
    """The Board's decision, and the certification that resulted from it."""

    decision_id: UUID
    outcome: str = Field(description="`granted`, `granted-with-conditions` or `denied`.")
    reasons: list[str] = Field(description="Reasons for the decision.")
    conditions: list[str] = Field(description="Conditions shown only to people who sign in.")
    public_conditions: list[str] = Field(description="Conditions shown to everybody.")
    level: Level | None = Field(
        description="Level that was granted, or that was applied for and denied. Null for a "
        "program."
    )
    certification_id: UUID | None = Field(
        description="ID of the certification that was granted. Null for a denial."
    )
    number: str | None = Field(
        description="Public number of the certification's holder. Null for a denial."
    )
    appeal_open_until: date | None = Field(
        description="Last day on which the denial can be appealed. Null if the application was "
        "not denied."
    )
    barred: list[BarredAnswer] | None = Field(
        description="Reviewers barred by a conflict of interest. Null if the applicant asks."
    )


class AppealAnswer(BaseModel):
    """An appeal against a denial."""

    appeal_id: UUID
    filed_on: date = Field(description="Day on which the appeal was filed.")
    outcome: AppealOutcome | None = Field(
        description="`upheld`: the denial stays in effect. `reversed`: the application must be "
        "decided again. Null while the appeal is open."
    )
    reasons: list[str] = Field(
        description="Reasons for the outcome. Empty while the appeal is open."
    )


class TimeSplitAnswer(BaseModel):
    """Days that the application has spent in each step so far."""

    waiting_on_applicant_days: float = Field(
        description="Days waiting for the applicant's answer to a deficiency notice."
    )
    being_checked_days: float = Field(
        description="Days waiting for the Board's check for completeness."
    )
    in_line_days: float = Field(
        description="Days waiting in the queue, complete but not in review."
    )
    in_review_days: float = Field(description="Days in review.")


class PastChangeAnswer(BaseModel):
    """One change of a certification."""

    change: str = Field(
        description="What happened, for example `granted`, `suspended`, `revoked` or `expired`."
    )
    effective_on: date = Field(description="First day on which the change is in effect.")


class HeldBeforeAnswer(BaseModel):
    """A certification that the applicant's account holds or held, with its status today."""

    certification_id: UUID
    kind: Kind
    number: str = Field(description="Public number of the certification's holder.")
    level: Level | None = Field(description="Level of the certification. Null for a program.")
    status: Status
    since: date | None = Field(
        description="First day of this status. Null before the certification begins."
    )
    changes: list[PastChangeAnswer] = Field(
        description="All changes of the certification, in order."
    )


class ApplicationAnswer(ApplicationLine):
    """One application with its documents, notices, decision and appeal."""

    name: str = Field(description="Name of the provider or program that applied.")
    client_band: ClientBand | None = Field(
        description="How many clients the program has. Null for a provider."
    )
    entity_type: EntityType | None = Field(
        description="Legal form of the program. Null for a provider, or if not stated."
    )
    live_scan: LiveScan | None = Field(
        description="Status of the fingerprint check (Live Scan), never its result. Null if no "
        "status was recorded."
    )
    certification_id: UUID | None = Field(
        description="ID of the certification to renew or upgrade. Null for a new application."
    )
    another_reason: str | None = Field(
        description="Why the account applied again although it already had an open application or "
        "a valid certification for the same. Null otherwise."
    )
    fee_usd: int | None = Field(
        description="Application fee in US dollars. Null if no fee is known."
    )
    headquarters_county: str | None = Field(
        description="County of the program's headquarters, by name. Null for a provider."
    )
    served_counties: list[str] = Field(
        description="Other counties that the program serves, by name. Empty for a provider."
    )
    checklist: str = Field(
        description="Code of the checklist that lists what this application needs."
    )
    documents: list[DocumentAnswer] = Field(
        description="All documents received, including replaced ones."
    )
    missing: list[str] = Field(
        description="Codes of the checklist items that have not been received or were returned."
    )
    days_until_found: int | None = Field(
        description="Days between the arrival of the last required item and the day on which "
        "staff found the application complete. Null until then."
    )
    deficiencies: list[DeficiencyAnswer] = Field(
        description="Deficiency notices sent to the applicant."
    )
    duty_id: UUID | None = Field(
        description="ID of the Board's duty to decide this application. Null until the "
        "application is complete."
    )
    due_on: date | None = Field(
        description="Last day on which the Board can decide in time. Null until the application "
        "is complete."
    )
    paused_on: date | None = Field(
        description="Day on which the 45-day clock was paused. `due_on` moves when the clock runs "
        "again. Null if the clock is not paused."
    )
    time_split: TimeSplitAnswer
    decision: OutcomeAnswer | None = Field(
        description="The Board's decision. Null if the application is undecided."
    )
    appeal: AppealAnswer | None = Field(
        description="The latest appeal against a denial. Null if there is none."
    )
    held_before: list[HeldBeforeAnswer] = Field(
        description="Other certifications of the same account, for example a revoked one."
    )
