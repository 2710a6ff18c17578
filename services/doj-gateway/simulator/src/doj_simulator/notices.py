"""Notices of results from the online tool, which the gateway must acknowledge."""

import sqlite3
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, Request, Response
from pydantic import AwareDatetime

from doj_simulator.answers import (
    KEYED,
    AcknowledgmentAnswer,
    NoticeAnswer,
    NoticedPerson,
    NoticeWithPersonAnswer,
)
from doj_simulator.state import State, now, written

FIND = "SELECT * FROM notices WHERE notice_id = :notice_id"
LIST = """
    SELECT * FROM notices
    WHERE (:acknowledged IS NULL OR (acknowledged_at IS NOT NULL) = :acknowledged)
      AND (:seen_since IS NULL OR seen_at >= :seen_since)
      AND (:after IS NULL OR (seen_at, notice_id) >
           (SELECT seen_at, notice_id FROM notices WHERE notice_id = :after))
    ORDER BY seen_at, notice_id LIMIT :limit
"""
ACKNOWLEDGE = """
    UPDATE notices SET acknowledged_at = :at
    WHERE notice_id = :notice_id AND acknowledged_at IS NULL
"""
notices = APIRouter(prefix="/v1/notices", tags=["notices"], dependencies=[KEYED])


@notices.get("", operation_id="list_notices")
async def list_notices(
    request: Request,
    *,
    acknowledged: Annotated[
        bool | None,
        Query(
            description="If true, only acknowledged notices. If false, only others. If omitted, "
            "all."
        ),
    ] = None,
    seen_since: Annotated[
        AwareDatetime | None,
        Query(
            description="Only notices of results that DOJ saw at this time or later. If omitted, "
            "all."
        ),
    ] = None,
    after: Annotated[
        UUID | None,
        Query(
            description="ID of the last notice of the previous page. If omitted, the first page."
        ),
    ] = None,
    limit: Annotated[
        int, Query(ge=1, le=1000, description="Maximum number of notices returned.")
    ] = 200,
) -> list[NoticeAnswer]:
    """List notices without the persons, oldest first."""
    state: State = request.app.state.state
    asked: dict[str, str | int | None] = {
        "acknowledged": None if acknowledged is None else int(acknowledged),
        "seen_since": None if seen_since is None else written(seen_since),
        "after": None if after is None else str(after),
        "limit": limit,
    }
    return [_answer(row) for row in state.all(LIST, asked)]


@notices.get("/{notice_id}", operation_id="show_notice")
async def show_notice(request: Request, notice_id: UUID) -> NoticeWithPersonAnswer:
    """Show one notice with the person, for a gateway that lost it."""
    return answer_with_person(_found(request, notice_id))


@notices.post(
    "/{notice_id}/acknowledgments",
    operation_id="acknowledge_notice",
    status_code=201,
    responses={
        200: {"model": AcknowledgmentAnswer, "description": "The notice was already acknowledged."},
        404: {"description": "There is no notice with this ID."},
    },
)
async def acknowledge_notice(
    request: Request, notice_id: UUID, response: Response
) -> AcknowledgmentAnswer:
    """Acknowledge a notice. A repeated acknowledgment returns the time of the first one."""
    before = _found(request, notice_id)
    if before["acknowledged_at"] is not None:
        response.status_code = 200
    else:
        values = {"notice_id": str(notice_id), "at": written(now())}
        request.app.state.state.change(ACKNOWLEDGE, values)
    kept = _found(request, notice_id)
    return AcknowledgmentAnswer(
        notice_id=kept["notice_id"], acknowledged_at=kept["acknowledged_at"]
    )


def _found(request: Request, notice_id: UUID) -> sqlite3.Row:
    state: State = request.app.state.state
    kept = state.one(FIND, {"notice_id": str(notice_id)})
    if kept is None:
        raise HTTPException(404, "there is no notice with this ID")
    return kept


def answer_with_person(kept: sqlite3.Row) -> NoticeWithPersonAnswer:
    """Build the response model of a notice with the person."""
    person = NoticedPerson(**{name: kept[name] for name in NoticedPerson.model_fields})
    return NoticeWithPersonAnswer(**_answer(kept).model_dump(), person=person)


def _answer(kept: sqlite3.Row) -> NoticeAnswer:
    return NoticeAnswer(**{name: kept[name] for name in NoticeAnswer.model_fields})
