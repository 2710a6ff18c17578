"""What the API says of a duty, of a deadline tried out, and of why a date is what it is."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import RowMapping

from shared.law.counting.deadlines import Deadline
from shared.law.counting.explanations import Explanation
from shared.law.counting.notices import NoticeKind
from shared.law.duty.duties import Duty, DutyState


class StartAnswer(BaseModel):
    """The fact that started the clock; `at` is null where only the day is known."""

    fact: str
    on: date
    at: datetime | None
    evidence: str | None


class CountedDayAnswer(BaseModel):
    """One day from the start to the due day: its number if counted, else why not."""

    on: date
    counted: bool
    number: int | None
    reason: str | None


class PauseAnswer(BaseModel):
    """A time in which the clock stood; the day it ended counts again."""

    began_on: date
    ended_on: date
    reason: str


class ExplanationAnswer(BaseModel):
    """Why a due date is what it is, in words and day by day."""

    text: str
    due_on: date
    start: StartAnswer
    days: list[CountedDayAnswer]
    pauses: list[PauseAnswer]
    edition: str
    edition_hash: str
    rule: str
    rule_text: str
    citation: str
    regime: str
    regime_effective_from: date
    calendar: str | None
    configured: bool
    provisional: bool
    note: str | None
    notice: str | None


class DutyAnswer(BaseModel):
    """One duty of the ledger."""

    duty_id: UUID
    rule: str
    regime: str
    edition: str
    rule_text: str
    citation: str
    calendar: str | None
    subject_kind: str
    subject_id: UUID
    case_id: UUID | None
    owner_role: str
    owner_agency: str | None
    owner_person: UUID | None
    started_by: str
    started_on: date
    opened_at: datetime
    due_on: date
    due_at: datetime
    was_due_on: date | None = Field(description="The due date before a change of law moved it.")
    state: DutyState
    is_overdue: bool
    paused_on: date | None
    met_on: date | None
    met_at: datetime | None
    version: int


class DutyChangeAnswer(BaseModel):
    """One change of a duty: what, when, who did it, why, and by what proof."""

    change: str
    state: DutyState
    due_on: date
    owner_role: str
    owner_agency: str | None
    owner_person: UUID | None
    happened_on: date
    recorded_at: datetime
    actor: str
    reason: str | None
    evidence: str | None
    version: int


class DutyNoticeAnswer(BaseModel):
    """One notice of a due date: to whom, and when it was given."""

    due_on: date
    step: int
    kind: NoticeKind
    notify: str
    given_at: datetime


class DutyWithHistoryAnswer(DutyAnswer):
    """One duty with its history and the notices given, the oldest first."""

    changes: list[DutyChangeAnswer]
    notices: list[DutyNoticeAnswer]


class DueDateAnswer(BaseModel):
    """A due date that stood, since when, and what set it."""

    due_on: date
    since: datetime
    change: str
    reason: str | None


class DutyExplanationAnswer(ExplanationAnswer):
    """Why a duty's date is what it is; `due_dates` are all that stood, the present one last."""

    due_dates: list[DueDateAnswer]


class DeadlinePreviewAnswer(BaseModel):
    """A deadline tried out; where nobody owes the duty, `reason` says why and the rest is null."""

    edition: str
    rule: str
    is_owed: bool
    reason: str | None = None
    citation: str | None = None
    regime: str | None = None
    owner_role: str | None = None
    started_on: date | None = None
    due_on: date | None = None
    due_at: datetime | None = None
    explanation: ExplanationAnswer | None = None


def duty_answer(duty: Duty, now: datetime) -> DutyAnswer:
    """Shape one duty; whether it is overdue is computed as of now."""
    same: dict[str, Any] = {
        name: getattr(duty, name) for name in DutyAnswer.model_fields if hasattr(duty, name)
    }
    shaped = {
        "duty_id": duty.id,
        "subject_kind": duty.subject.kind,
        "subject_id": duty.subject.id,
        "owner_role": duty.owner.role,
        "owner_agency": duty.owner.agency,
        "owner_person": duty.owner.person,
        "is_overdue": duty.is_overdue(now),
    }
    return DutyAnswer.model_validate(same | shaped)


def duty_with_history(
    duty: DutyAnswer, changes: Sequence[RowMapping], notices: Sequence[RowMapping]
) -> DutyWithHistoryAnswer:
    """Shape one duty with what happened to it."""
    return DutyWithHistoryAnswer(
        **duty.model_dump(),
        changes=[DutyChangeAnswer.model_validate(dict(row)) for row in changes],
        notices=[DutyNoticeAnswer.model_validate(dict(row)) for row in notices],
    )


def duty_explanation(
    explanation: Explanation, changes: Sequence[RowMapping]
) -> DutyExplanationAnswer:
    """Shape an explanation with the due dates that the history shows."""
    stood: list[DueDateAnswer] = []
    for row in changes:
        if not stood or stood[-1].due_on != row["due_on"]:
            stood.append(
                DueDateAnswer(
                    due_on=row["due_on"],
                    since=row["recorded_at"],
                    change=row["change"],
                    reason=row["reason"],
                )
            )
    return DutyExplanationAnswer.model_validate(
        explanation.as_json() | {"due_dates": [each.model_dump() for each in stood]}
    )


def preview_answer(counted: Deadline) -> DeadlinePreviewAnswer:
    """Shape a deadline tried out."""
    return DeadlinePreviewAnswer(
        edition=counted.edition.name,
        rule=counted.rule.name,
        is_owed=True,
        citation=counted.regime.citation,
        regime=counted.regime.name,
        owner_role=counted.owner_role,
        started_on=counted.started_on,
        due_on=counted.due_on,
        due_at=counted.due_at,
        explanation=ExplanationAnswer.model_validate(counted.explanation.as_json()),
    )
