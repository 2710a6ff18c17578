"""What the API says of an application."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter

from certification.domain.appeals import Appeal, AppealOutcome
from certification.domain.application_moves import ApplicationState, WaitingOn
from certification.domain.applications import (
    ClientBand,
    EntityType,
    Kind,
    Level,
    LiveScan,
    Purpose,
)
from certification.domain.decisions import Decision
from certification.domain.documents import Document, Review
from certification.domain.interests import Interest
from certification.domain.standings import Status
from certification.domain.time_split import FileStep, days
from certification.storage.application_lists import Queued
from certification.use_cases.show_application import ApplicationFile
from shared.counties import county


class SubmittedAnswer(BaseModel):
    """An application as it was received; the clock starts when it is complete."""

    application_id: UUID
    kind: Kind
    holder_id: UUID
    state: ApplicationState
    received_on: date | None
    missing: list[str]
    status_token: str = Field(
        description="Shows this file's status without sign-in; said once, never again."
    )


class ApplicationLine(BaseModel):
    """One application in a list; `queue_position` counts the complete ones from 1."""

    application_id: UUID
    kind: Kind
    holder_id: UUID
    level: Level | None
    state: ApplicationState
    waiting_on: WaitingOn | None
    purpose: Purpose
    received_on: date | None
    completed_on: date | None = Field(
        description="Day on which the last required item arrived. Null until staff find it so."
    )
    found_complete_on: date | None = Field(
        description="Day on which staff first found it complete. Null until then."
    )
    decided_on: date | None
    reviewer_id: UUID | None
    queue_position: int | None


class DocumentAnswer(BaseModel):
    """What came in for an item, and how the Board found it; a superseded one was replaced."""

    document_id: UUID
    item: str
    received_on: date
    review: Review
    review_reason: str | None
    reviewed_at: datetime | None
    sha256: str | None
    size_bytes: int | None
    media_type: str | None
    content_at: datetime | None
    superseded_at: datetime | None


class DeficiencyItemAnswer(BaseModel):
    """An item that a notice named."""

    item: str
    reason: str
    cured_on: date | None
    was_received_on: date | None = Field(description="When an item had come that was sent back.")


class ReminderAnswer(BaseModel):
    """Who was told of the answer's due date: near (`due-soon`) or past (`overdue`)."""

    kind: str
    notify: str
    given_at: datetime


class DeficiencyAnswer(BaseModel):
    """A notice of what is missing."""

    deficiency_id: UUID
    sent_on: date
    answer_due_on: date
    items: list[DeficiencyItemAnswer]
    reminders: list[ReminderAnswer]


class BarredAnswer(BaseModel):
    """A reviewer who was barred from a file when it was decided, and by which interests."""

    reviewer: UUID
    because: list[Interest]


class OutcomeAnswer(BaseModel):
    """How the Board decided, and the certification that came of it."""

    decision_id: UUID
    outcome: str
    reasons: list[str]
    conditions: list[str] = Field(description="Conditions that are not public.")
    public_conditions: list[str] = Field(description="Conditions that anybody may see.")
    level: Level | None
    certification_id: UUID | None
    number: str | None
    appeal_open_until: date | None = Field(description="The last day to appeal a denial.")
    barred: list[BarredAnswer] | None = Field(
        description="Reviewers whom an interest barred from the file. Null for its applicant."
    )


class AppealAnswer(BaseModel):
    """An appeal against a denial; without an outcome it is open."""

    appeal_id: UUID
    filed_on: date
    outcome: AppealOutcome | None
    reasons: list[str]


class TimeSplitAnswer(BaseModel):
    """Days that the file has spent on each step so far."""

    waiting_on_applicant_days: float
    being_checked_days: float
    in_line_days: float
    in_review_days: float


class PastChangeAnswer(BaseModel):
    """Something that happened to a certification, and the day from which it holds."""

    change: str
    effective_on: date


class HeldBeforeAnswer(BaseModel):
    """A certification that the applicant's account holds or held, as it stands today."""

    certification_id: UUID
    kind: Kind
    number: str
    level: Level | None = Field(description="Null for a program.")
    status: Status
    since: date | None = Field(description="Since when it has this status. Null before it begins.")
    changes: list[PastChangeAnswer] = Field(description="Everything that happened to it, in order.")


class ApplicationAnswer(ApplicationLine):
    """One application, with where it stands and what it waits for."""

    name: str
    client_band: ClientBand | None
    entity_type: EntityType | None
    live_scan: LiveScan | None
    certification_id: UUID | None
    another_reason: str | None = Field(
        description="Why the account applied once more for what it had applied for, or held, "
        "already. Null if it had not."
    )
    fee_usd: int | None
    headquarters_county: str | None
    served_counties: list[str]
    checklist: str
    documents: list[DocumentAnswer]
    missing: list[str]
    days_until_found: int | None = Field(
        description="Days that the complete file lay until it was found so. Null until then."
    )
    deficiencies: list[DeficiencyAnswer]
    duty_id: UUID | None
    due_on: date | None
    paused_on: date | None = Field(
        description="Since when the clock stands; `due_on` moves when it runs again."
    )
    time_split: TimeSplitAnswer
    decision: OutcomeAnswer | None
    appeal: AppealAnswer | None
    held_before: list[HeldBeforeAnswer] = Field(
        description="Certifications of the same account, for example one that was revoked."
    )


BARRED = TypeAdapter(list[BarredAnswer])


def line_of(queued: Queued) -> ApplicationLine:
    """Shape one application of a list."""
    application = queued.application
    return ApplicationLine(
        application_id=application.id,
        kind=application.kind,
        holder_id=application.holder_id,
        level=application.level,
        state=application.state,
        waiting_on=application.waiting_on,
        purpose=application.purpose,
        received_on=application.received_on,
        completed_on=application.completed_on,
        found_complete_on=application.found_complete_on,
        decided_on=application.decided_on,
        reviewer_id=application.reviewer_id,
        queue_position=queued.queue_position,
    )


def answer_of(file: ApplicationFile) -> ApplicationAnswer:
    """Shape one application with all that belongs to it."""
    application, place = file.queued.application, file.queued.application.place
    return ApplicationAnswer(
        **line_of(file.queued).model_dump(),
        name=application.name,
        client_band=application.client_band,
        entity_type=application.entity_type,
        live_scan=application.live_scan,
        certification_id=application.certification_id,
        another_reason=application.another_reason,
        fee_usd=file.fee_usd,
        headquarters_county=county(place.headquarters_county).name if place else None,
        served_counties=[county(each).name for each in place.served_counties] if place else [],
        checklist=application.checklist,
        documents=[document_answer(each) for each in file.documents],
        missing=list(file.missing),
        days_until_found=application.days_until_found,
        deficiencies=_deficiencies(file),
        duty_id=file.duty.id if file.duty else None,
        due_on=file.duty.due_on if file.duty else None,
        paused_on=file.duty.paused_on if file.duty else None,
        time_split=TimeSplitAnswer(
            waiting_on_applicant_days=days(file.time_split[FileStep.WAITING_ON_APPLICANT]),
            being_checked_days=days(file.time_split[FileStep.BEING_CHECKED]),
            in_line_days=days(file.time_split[FileStep.IN_LINE]),
            in_review_days=days(file.time_split[FileStep.IN_REVIEW]),
        ),
        decision=_outcome(file),
        appeal=appeal_answer(file.appeal) if file.appeal else None,
        held_before=[
            HeldBeforeAnswer.model_validate(each, from_attributes=True) for each in file.held_before
        ],
    )


def document_answer(document: Document) -> DocumentAnswer:
    """Shape one document."""
    content = document.content
    return DocumentAnswer(
        document_id=document.id,
        item=document.item,
        received_on=document.received_on,
        review=document.review,
        review_reason=document.review_reason,
        reviewed_at=document.reviewed_at,
        sha256=content.sha256 if content else None,
        size_bytes=content.size_bytes if content else None,
        media_type=content.media_type if content else None,
        content_at=document.content_at,
        superseded_at=document.superseded_at,
    )


def appeal_answer(appeal: Appeal) -> AppealAnswer:
    """Shape an appeal."""
    return AppealAnswer(
        appeal_id=appeal.id,
        filed_on=appeal.filed_on,
        outcome=appeal.outcome,
        reasons=list(appeal.reasons),
    )


def _deficiencies(file: ApplicationFile) -> list[DeficiencyAnswer]:
    return [
        DeficiencyAnswer(
            deficiency_id=notice.id,
            sent_on=notice.sent_on,
            answer_due_on=notice.answer_due_on,
            items=[
                DeficiencyItemAnswer.model_validate(each, from_attributes=True)
                for each in notice.items
            ],
            reminders=[
                ReminderAnswer.model_validate(each, from_attributes=True)
                for each in file.reminders.get(notice.id, ())
            ],
        )
        for notice in file.deficiencies
    ]


def _outcome(file: ApplicationFile) -> OutcomeAnswer | None:
    if file.decision is None:
        return None
    return OutcomeAnswer(
        decision_id=file.decision.id,
        outcome=file.decision.outcome,
        reasons=list(file.decision.reasons),
        conditions=list(file.decision.conditions),
        public_conditions=list(file.decision.public_conditions),
        level=file.decision.level,
        appeal_open_until=file.appeal_open_until,
        barred=None if file.is_own else _barred(file.decision),
        certification_id=file.certification.id if file.certification else None,
        number=file.certification.number if file.certification else None,
    )


def _barred(decision: Decision) -> list[BarredAnswer]:
    """What the decision kept; one from before interests were kept says nothing of them."""
    kept = decision.inputs.get("barred", [])
    return BARRED.validate_python(kept)
