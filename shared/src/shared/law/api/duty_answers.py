"""The API's answers about duties, deadline previews, and explanations of due dates."""

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
    """The fact that started the clock."""

    fact: str = Field(description="Name of the fact in the edition, such as `receipt`.")
    on: date = Field(description="The day on which it happened, in California.")
    at: datetime | None = Field(
        description="The instant at which it happened. Null if only the day is known."
    )
    evidence: str | None = Field(
        description="Reference that proves the fact. Null if there is no reference."
    )


class CountedDayAnswer(BaseModel):
    """One day from the start to the due day, counted or not."""

    on: date
    counted: bool
    number: int | None = Field(
        description="Its number in the count, from 1. Null if the day is not counted."
    )
    reason: str | None = Field(
        description="Why the day is not counted, such as a holiday. Null if it is counted."
    )


class PauseAnswer(BaseModel):
    """A time in which the clock was stopped."""

    began_on: date = Field(description="The day at whose end the clock stopped.")
    ended_on: date = Field(description="The day on which the clock resumed. It counts again.")
    reason: str = Field(description="Why the clock was stopped.")


class ExplanationAnswer(BaseModel):
    """Why a due date is what it is, in words and day by day."""

    text: str = Field(description="The explanation in sentences.")
    due_on: date = Field(
        description="The due date. The duty is in time until the end of this day in California."
    )
    start: StartAnswer
    days: list[CountedDayAnswer] = Field(
        description="Every day from the start to the due date, in order."
    )
    pauses: list[PauseAnswer] = Field(description="The times in which the clock was stopped.")
    edition: str = Field(description="Name of the rulebook edition, such as `standards-2012`.")
    edition_hash: str = Field(
        description="Hash of the edition's contents, which identifies its exact version."
    )
    rule: str = Field(description="Name of the rule in the edition.")
    rule_text: str = Field(description="The rule in its own words.")
    citation: str = Field(description="Where the rule is written.")
    regime: str = Field(description="Name of the part of the rule that applied at the start.")
    regime_effective_from: date = Field(
        description="The first day on which this part of the rule applies."
    )
    calendar: str | None = Field(
        description="Name of the calendar of closed days. Null if the rule does not count "
        "working days."
    )
    configured: bool = Field(
        description="Whether the length is this system's setting because no source states it."
    )
    provisional: bool = Field(
        description="Whether the rule is believed true but its source was not seen."
    )
    note: str | None = Field(description="A note on the rule. Null if there is no note.")
    notice: str | None = Field(
        description="A caution about the whole edition. Null if there is no caution."
    )


class DutyAnswer(BaseModel):
    """One duty: an obligation with a clock."""

    duty_id: UUID
    rule: str = Field(description="Name of the rule in the edition.")
    regime: str = Field(description="Name of the part of the rule that applied at the start.")
    edition: str = Field(description="Name of the rulebook edition that counted the due date.")
    rule_text: str = Field(description="The rule in its own words.")
    citation: str = Field(description="Where the rule is written.")
    calendar: str | None = Field(
        description="Name of the calendar of closed days. Null if the rule does not count "
        "working days."
    )
    subject_kind: str = Field(
        description="What kind of record the duty is about, such as `application`."
    )
    subject_id: UUID = Field(description="ID of the record the duty is about.")
    case_id: UUID | None = Field(
        description="ID of the case that the duty concerns. Null if it concerns no case."
    )
    owner_role: str = Field(description="The role that owes the duty.")
    owner_agency: str | None = Field(
        description="Code of the agency that owes it, or the ID of a program. Null if "
        "neither owes it."
    )
    owner_person: UUID | None = Field(
        description="ID of the person who owes it. Null if it is assigned to no person."
    )
    started_by: str = Field(description="Name of the fact that started the clock.")
    started_on: date = Field(description="The day on which the clock started.")
    opened_at: datetime
    due_on: date = Field(
        description="The due date. The duty is in time until the end of this day in California."
    )
    due_at: datetime = Field(
        description="The instant at which the due date ends in California. At this instant "
        "the duty is late."
    )
    was_due_on: date | None = Field(
        description="The due date before a change of law moved it. Null if no change of law "
        "has moved it."
    )
    state: DutyState
    is_overdue: bool = Field(
        description="Whether the due date has passed while the clock is running."
    )
    paused_on: date | None = Field(
        description="The day at whose end the clock was stopped. Null while the clock is not"
        " paused."
    )
    met_on: date | None = Field(description="The day on which it was met. Null if it is not met.")
    met_at: datetime | None = Field(
        description="The instant at which it was met. Null if it is not met or only the day "
        "is known."
    )
    version: int = Field(description="Increases with each change. Also sent as the `ETag`.")


class DutyChangeAnswer(BaseModel):
    """One change of a duty: what changed, when, by whom, why, and the evidence."""

    change: str = Field(description="Code of the change, such as `opened`, `met` or `moved`.")
    state: DutyState = Field(description="The duty's state after the change.")
    due_on: date = Field(description="The due date after the change.")
    owner_role: str = Field(description="The role that owes the duty after the change.")
    owner_agency: str | None = Field(
        description="Agency code or program ID that owes it after the change. Null if "
        "neither owes it."
    )
    owner_person: UUID | None = Field(
        description="ID of the person who owes it after the change. Null if it is assigned "
        "to no person."
    )
    happened_on: date = Field(description="The day on which the change took effect.")
    recorded_at: datetime
    actor: str = Field(description="Who or which process made the change.")
    reason: str | None = Field(description="Why it was changed. Null if no reason is recorded.")
    evidence: str | None = Field(
        description="Reference that proves the change. Null if there is no reference."
    )
    version: int = Field(description="The duty's version after the change.")


class DutyNoticeAnswer(BaseModel):
    """One notice of a due date."""

    due_on: date = Field(description="The due date that the notice was about.")
    step: int = Field(description="Number of the notice in the rule's list of notices, from 1.")
    kind: NoticeKind = Field(description="`due-soon`: before the due date ends; `overdue`: after.")
    notify: str = Field(description="The role that was notified; `owner` is whoever owes the duty.")
    given_at: datetime


class DutyWithHistoryAnswer(DutyAnswer):
    """One duty with its history and its notices, oldest first."""

    changes: list[DutyChangeAnswer] = Field(description="All changes, oldest first.")
    notices: list[DutyNoticeAnswer] = Field(description="All notices given, oldest first.")


class DueDateAnswer(BaseModel):
    """A due date that applied for a time."""

    due_on: date
    since: datetime = Field(description="When this due date was set.")
    change: str = Field(description="Code of the change that set this due date.")
    reason: str | None = Field(description="Why this due date was set. Null if not recorded.")


class DutyExplanationAnswer(ExplanationAnswer):
    """Why a duty's due date is what it is, with its earlier due dates."""

    due_dates: list[DueDateAnswer] = Field(
        description="All due dates of the duty, oldest first; the last one is current."
    )


class DeadlinePreviewAnswer(BaseModel):
    """A deadline computed for given facts, without a duty being opened."""

    edition: str
    rule: str
    is_owed: bool = Field(
        description="Whether anybody owes this duty. If false, `reason` says why."
    )
    reason: str | None = Field(
        default=None, description="Why nobody owes the duty. Null if somebody owes it."
    )
    citation: str | None = Field(
        default=None, description="Where the rule is written. Null if no citation applies."
    )
    regime: str | None = Field(
        default=None,
        description="Name of the part of the rule that applied at the start. Null if nobody "
        "owes it.",
    )
    owner_role: str | None = Field(
        default=None, description="The role that owes the duty. Null if nobody owes it."
    )
    started_on: date | None = Field(
        default=None, description="The day on which the clock starts. Null if nobody owes it."
    )
    due_on: date | None = Field(default=None, description="The due date. Null if nobody owes it.")
    due_at: datetime | None = Field(
        default=None,
        description="The instant at which the due date ends in California. Null if nobody owes it.",
    )
    explanation: ExplanationAnswer | None = Field(
        default=None, description="Why the due date is what it is. Null if nobody owes it."
    )


def duty_answer(duty: Duty, now: datetime) -> DutyAnswer:
    """Convert one duty to its answer; whether it is overdue is computed as of `now`."""
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
    """Convert one duty with its changes and notices."""
    return DutyWithHistoryAnswer(
        **duty.model_dump(),
        changes=[DutyChangeAnswer.model_validate(dict(row)) for row in changes],
        notices=[DutyNoticeAnswer.model_validate(dict(row)) for row in notices],
    )


def duty_explanation(
    explanation: Explanation, changes: Sequence[RowMapping]
) -> DutyExplanationAnswer:
    """Convert an explanation, with the due dates found in the history."""
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
    """Convert a previewed deadline to its answer."""
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
