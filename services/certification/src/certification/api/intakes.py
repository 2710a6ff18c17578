"""Intakes: lists of existing certifications that are checked, taken in and, if needed, undone."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import Field

from certification.api.intake_reports import report
from certification.api.intake_shapes import (
    IntakeAnswer,
    IntakeRowAnswer,
    intake_answer,
    row_answer,
)
from certification.domain.applications import Kind
from certification.domain.intakes import LineOutcome
from certification.storage.intake_rows import IntakeRow
from certification.use_cases.begin_intake_run import begin_applying, begin_undoing
from certification.use_cases.check_intake import CheckIntake, check_intake
from certification.use_cases.show_intake import ShownIntake, list_intakes, list_rows, show_intake
from shared.errors import Fault, InvalidInputError
from shared.http.paging import After, Limit, Page, decode_cursor, id_cursor, page_of
from shared.http.routes import CurrentTransaction, allow, guarded_router
from shared.http.shapes import RequestBody
from shared.law.api.law_dependency import CurrentLaw
from shared.security.principals import Role

router = guarded_router("/v1/intakes", tags=["intakes"])

TAKE_IN = allow(Role.BOARD_MANAGER)
SEE = allow(Role.BOARD_MANAGER, Role.BOARD_REVIEWER, Role.AUDITOR, Role.OPERATOR)
CSV = "text/csv"
SENT_AS_CSV = {
    "requestBody": {
        "required": True,
        "description": "The list as CSV in UTF-8 with a header line. Cells are separated by "
        "commas or semicolons.",
        "content": {CSV: {"schema": {"type": "string"}}},
    }
}
SHOWN_AS_CSV: dict[int | str, dict[str, object]] = {
    200: {"description": "The report as CSV.", "content": {CSV: {"schema": {"type": "string"}}}}
}


class RunBody(RequestBody):
    """Options for taking in the list."""

    skip_refused: bool = Field(
        default=False,
        description="If true, refused lines are left out and the other lines imported. If false or "
        "omitted, the run is refused with 409 if any line is refused.",
    )


class UndoingBody(RequestBody):
    """An empty body; any field is refused."""


@router.post(
    "",
    operation_id="check_intake",
    status_code=201,
    dependencies=[TAKE_IN],
    openapi_extra=SENT_AS_CSV,
)
async def post_intake(
    kind: Annotated[Kind, Query(description="Whether the list contains programs or providers.")],
    request: Request,
    tx: CurrentTransaction,
    law: CurrentLaw,
    response: Response,
) -> IntakeAnswer:
    """Send a list and see, line by line, what would be created.

    Nothing is taken in yet.
    """
    _refuse_other_media(request)
    command = CheckIntake(kind, await request.body())
    shown = await check_intake(tx, law, command)
    response.headers["Location"] = f"/v1/intakes/{shown.intake.id}"
    return intake_answer(shown)


@router.get("", operation_id="list_intakes", dependencies=[SEE])
async def get_intakes(
    tx: CurrentTransaction, limit: Limit = 50, after: After = None
) -> Page[IntakeAnswer]:
    """List intakes, newest first."""
    cursor = id_cursor(after)
    found = await list_intakes(tx, after=cursor, limit=limit)

    def key(shown: ShownIntake) -> tuple[object, ...]:
        return (shown.intake.id,)

    shown, following = page_of(found, limit, key)
    return Page[IntakeAnswer](items=[intake_answer(each) for each in shown], next=following)


@router.get("/{intake_id}", operation_id="show_intake", dependencies=[SEE])
async def get_intake(intake_id: UUID, tx: CurrentTransaction) -> IntakeAnswer:
    """Show an intake: its state, its runs and the number of lines by outcome."""
    return intake_answer(await show_intake(tx, intake_id))


@router.get("/{intake_id}/rows", operation_id="list_intake_rows", dependencies=[SEE])
async def get_intake_rows(
    intake_id: UUID,
    tx: CurrentTransaction,
    outcome: Annotated[
        LineOutcome | None,
        Query(description="Only lines with this outcome. If omitted, all lines."),
    ] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[IntakeRowAnswer]:
    """List the lines of an intake in their order, with errors, warnings and results."""
    cursor = decode_cursor(after, _line)[0] if after else 0
    intake, found = await list_rows(tx, intake_id, outcome=outcome, after=cursor, limit=limit)

    def key(row: IntakeRow) -> tuple[object, ...]:
        return (row.line,)

    shown, following = page_of(found, limit, key)
    items = [row_answer(intake.columns, each) for each in shown]
    return Page[IntakeRowAnswer](items=items, next=following)


@router.get(
    "/{intake_id}/report",
    operation_id="report_intake",
    dependencies=[SEE],
    response_class=PlainTextResponse,
    responses=SHOWN_AS_CSV,
)
async def get_intake_report(
    intake_id: UUID,
    tx: CurrentTransaction,
    outcome: Annotated[
        LineOutcome | None,
        Query(description="Only lines with this outcome. If omitted, all lines."),
    ] = None,
) -> Response:
    """Get the lines of an intake as CSV: the result of each next to the line as it was sent."""
    intake, rows = await list_rows(tx, intake_id, outcome=outcome)
    named = {"Content-Disposition": f'attachment; filename="intake-{intake_id}.csv"'}
    # In a thread, so that other requests are served while a long table is written.
    table = await asyncio.to_thread(report, intake.columns, rows)
    return Response(table, headers=named, media_type=CSV)


@router.post(
    "/{intake_id}/runs", operation_id="apply_intake", status_code=202, dependencies=[TAKE_IN]
)
async def post_intake_run(
    intake_id: UUID, body: RunBody, tx: CurrentTransaction, response: Response
) -> IntakeAnswer:
    """Start taking in the list.

    A background process works in batches; `show_intake` shows its progress.
    """
    await begin_applying(tx, intake_id, skip_refused=body.skip_refused)
    response.headers["Location"] = f"/v1/intakes/{intake_id}"
    return intake_answer(await show_intake(tx, intake_id))


@router.post(
    "/{intake_id}/undoings", operation_id="undo_intake", status_code=202, dependencies=[TAKE_IN]
)
async def post_intake_undoing(
    intake_id: UUID,
    tx: CurrentTransaction,
    response: Response,
    body: UndoingBody | None = None,  # noqa: ARG001 - only so that unknown fields are refused
) -> IntakeAnswer:
    """Start undoing the intake.

    Everything it created is voided except lines on which other records depend. The answer contains
    how many lines that concerns.
    """
    kept_because = await begin_undoing(tx, intake_id)
    response.headers["Location"] = f"/v1/intakes/{intake_id}"
    shown = await show_intake(tx, intake_id)
    return intake_answer(shown, kept_because=dict(kept_because))


def _refuse_other_media(request: Request) -> None:
    media = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media != CSV:
        raise InvalidInputError(
            f"a list must be sent as {CSV}",
            code="not-csv",
            faults=[Fault("header.Content-Type", f"must be {CSV}")],
        )


def _line(text: str) -> int:
    line = int(text)
    if not 0 <= line < 2**31:
        raise ValueError("the line number is out of range")
    return line
