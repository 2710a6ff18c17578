"""Records that a polygraph examiner meets the Board's standards, and for which period."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Response
from pydantic import BaseModel, Field

from certification.domain.credentials import ExaminerStanding, RecordedSpan
from certification.domain.day_bounds import BEGINS_BY, LASTS_UNTIL
from certification.use_cases.end_examiner_standing import (
    RightStanding,
    correct_examiner_standing,
    end_examiner_standing,
)
from certification.use_cases.record_examiner_standing import (
    RecordExaminerStanding,
    record_examiner_standing,
)
from certification.use_cases.show_examiner_standing import show_examiner_standing
from shared.http.etags import SeenVersion, set_etag
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import CalendarDate, Line, RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/examiner-standings", tags=["examiner-standings"])

MOST_HOURS = 100_000


class ExaminerStandingBody(RequestBody):
    """A record that a polygraph examiner meets the Board's standards."""

    examiner_id: UUID | None = Field(
        default=None,
        description="ID of the examiner. Omit for an examiner who is new to the Board; the answer "
        "contains the new ID.",
    )
    name: Line = Field(description="Name of the examiner.")
    qualification: Line = Field(description="The qualification that meets the Board's standards.")
    training_hours: Annotated[int, Field(ge=0, le=MOST_HOURS, strict=True)] = Field(
        description="Hours of training."
    )
    effective_from: CalendarDate = Field(description=f"First day of the standing. {BEGINS_BY}")
    effective_until: CalendarDate = Field(description=LASTS_UNTIL)


class StandingRecordedAnswer(BaseModel):
    """The IDs of the recorded standing and of its examiner."""

    examiner_standing_id: UUID
    examiner_id: UUID


class ExaminerStandingAnswer(StandingRecordedAnswer):
    """One record that a polygraph examiner meets the Board's standards."""

    name: str = Field(description="Name of the examiner.")
    qualification: str = Field(description="The qualification that meets the Board's standards.")
    training_hours: int = Field(description="Hours of training.")
    effective_from: date = Field(description="First day of the standing.")
    effective_until: date = Field(
        description="First day on which the standing is no longer valid, unless it ended earlier."
    )
    ended_on: date | None = Field(
        description="First day without the standing if it was withdrawn or corrected. Null "
        "otherwise."
    )
    superseded_by: UUID | None = Field(
        description="ID of the standing that corrected this one. Null if it was not corrected."
    )


class StandingEndBody(RequestBody):
    """When the standing ends."""

    effective_on: CalendarDate | None = Field(
        default=None, description="First day without the standing. If omitted, today."
    )


class StandingCorrectionBody(RequestBody):
    """The correct values of a standing. Its examiner cannot change."""

    name: Line = Field(description="Name of the examiner.")
    qualification: Line = Field(description="The qualification that meets the Board's standards.")
    training_hours: Annotated[int, Field(ge=0, le=MOST_HOURS, strict=True)] = Field(
        description="Hours of training."
    )
    effective_from: CalendarDate = Field(description=f"First day of the standing. {BEGINS_BY}")
    effective_until: CalendarDate = Field(description=LASTS_UNTIL)


@router.post(
    "",
    operation_id="record_examiner_standing",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_examiner_standing(
    body: ExaminerStandingBody, tx: CurrentTransaction, law: CurrentLaw, response: Response
) -> StandingRecordedAnswer:
    """Record that a polygraph examiner meets the Board's standards."""
    command = RecordExaminerStanding(
        examiner_id=body.examiner_id,
        name=body.name,
        qualification=body.qualification,
        training_hours=body.training_hours,
        span=RecordedSpan(body.effective_from, body.effective_until),
    )
    standing = await record_examiner_standing(tx, law, command)
    return _kept(standing, response)


@router.post(
    "/{examiner_standing_id}/endings",
    operation_id="end_examiner_standing",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_ending(
    examiner_standing_id: UUID,
    tx: CurrentTransaction,
    seen: SeenVersion,
    response: Response,
    body: StandingEndBody | None = None,
) -> StandingRecordedAnswer:
    """Record that a polygraph examiner no longer meets the Board's standards."""
    standing = await end_examiner_standing(
        tx, examiner_standing_id, on=body.effective_on if body else None, seen_version=seen
    )
    return _kept(standing, response)


@router.post(
    "/{examiner_standing_id}/corrections",
    operation_id="correct_examiner_standing",
    status_code=201,
    dependencies=[allow(Role.BOARD_REVIEWER, Role.BOARD_MANAGER)],
)
async def post_correction(
    examiner_standing_id: UUID,
    body: StandingCorrectionBody,
    tx: CurrentTransaction,
    law: CurrentLaw,
    seen: SeenVersion,
    response: Response,
) -> StandingRecordedAnswer:
    """Correct a standing that was recorded wrongly.

    A new record supersedes it; both stay on record.
    """
    right = RightStanding(**body.model_dump())
    standing = await correct_examiner_standing(
        tx, law, examiner_standing_id, right, seen_version=seen
    )
    return _kept(standing, response)


@router.get(
    "/{examiner_standing_id}",
    operation_id="show_examiner_standing",
    dependencies=[
        allow(
            *(Role.BOARD_REVIEWER, Role.BOARD_MANAGER, Role.AUDITOR, Role.OPERATOR),
            *(Role.OFFICER, Role.UNIT_SUPERVISOR, Role.AGENCY_LEAD),
        )
    ],
)
async def get_examiner_standing(
    examiner_standing_id: UUID, tx: CurrentTransaction, response: Response
) -> ExaminerStandingAnswer:
    """Show one examiner's standing.

    Reading it is recorded in the audit log because it names a person.
    """
    standing = await show_examiner_standing(tx, examiner_standing_id)
    set_etag(response, standing.version)
    return ExaminerStandingAnswer(
        examiner_standing_id=standing.id,
        examiner_id=standing.examiner_id,
        name=standing.name,
        qualification=standing.qualification,
        training_hours=standing.training_hours,
        effective_from=standing.span.effective_from,
        effective_until=standing.span.effective_until,
        ended_on=standing.end.on if standing.end else None,
        superseded_by=standing.end.superseded_by if standing.end else None,
    )


def _kept(standing: ExaminerStanding, response: Response) -> StandingRecordedAnswer:
    response.headers["Location"] = f"/v1/examiner-standings/{standing.id}"
    set_etag(response, standing.version)
    return StandingRecordedAnswer(
        examiner_standing_id=standing.id, examiner_id=standing.examiner_id
    )
