"""Building the response bodies for applications from what was read."""

from pydantic import TypeAdapter

from certification.api.application_shapes import (
    AppealAnswer,
    ApplicationAnswer,
    ApplicationLine,
    BarredAnswer,
    DeficiencyAnswer,
    DeficiencyItemAnswer,
    DocumentAnswer,
    HeldBeforeAnswer,
    OutcomeAnswer,
    ReminderAnswer,
    TimeSplitAnswer,
)
from certification.domain.appeals import Appeal
from certification.domain.decisions import Decision
from certification.domain.documents import Document
from certification.domain.time_split import FileStep, days
from certification.storage.application_lists import Queued
from certification.use_cases.show_application import ApplicationFile
from shared.counties import county

BARRED = TypeAdapter(list[BarredAnswer])


def line_of(queued: Queued) -> ApplicationLine:
    """Build the response for one application in a list."""
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
    """Build the response for one application with everything that belongs to it."""
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
    """Build the response for one document."""
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
    """Build the response for an appeal."""
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
    """Return the barred reviewers; older decisions were kept without them."""
    kept = decision.inputs.get("barred", [])
    return BARRED.validate_python(kept)
