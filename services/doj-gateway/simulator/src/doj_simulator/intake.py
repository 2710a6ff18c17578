"""The intake: accepts a form under the sender's reference, once however often it is sent."""

import hashlib
import sqlite3
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from doj_simulator.answers import KEYED, Receipt, Refusal, StatusAnswer, SubmissionStatus
from doj_simulator.forms import ScoreSubmissionForm, refusal
from doj_simulator.state import State, now, written

LARGEST_FORM_BYTES = 65_536
FIND = "SELECT * FROM submissions WHERE reference = :reference"
KEEP = """
    INSERT INTO submissions (reference, content_hash, status, reason_code, decided_at,
                             acknowledge_at)
    VALUES (:reference, :content_hash, :status, :reason_code, :decided_at, :acknowledge_at)
"""
COUNT = "UPDATE submissions SET deliveries = deliveries + 1 WHERE reference = :reference"
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": ScoreSubmissionForm.model_json_schema()}},
    }
}

Reference = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,120}$")]
intake = APIRouter(prefix="/v1/submissions", tags=["submissions"], dependencies=[KEYED])


@intake.put(
    "/{reference}",
    operation_id="submit_form",
    response_model=Receipt,
    status_code=201,
    responses={
        200: {
            "model": Receipt,
            "description": "The same form was already accepted; the receipt is the same.",
        },
        409: {
            "model": Refusal,
            "description": "A different form was already sent under this reference.",
        },
        413: {"model": Refusal, "description": "The form is too large."},
        422: {
            "model": Refusal,
            "description": "The form is rejected. The status repeats the reason code.",
        },
    },
    openapi_extra=FORM,
)
async def submit_form(reference: Reference, request: Request) -> Response:
    """Submit a form. The same bytes again change nothing and get the same answer."""
    body = await request.body()
    if len(body) > LARGEST_FORM_BYTES:
        return _refused(413, "form-too-large")
    state: State = request.app.state.state
    content_hash = hashlib.sha256(body).hexdigest()
    kept = state.one(FIND, {"reference": reference})
    if kept is None:
        after: float = request.app.state.acknowledge_after_seconds
        state.change(KEEP, _decided(reference, content_hash, refusal(body, reference), after))
        return _answer(_kept(state, reference), fresh=True)
    state.change(COUNT, {"reference": reference})
    if kept["content_hash"] != content_hash:
        return _refused(409, "reference-taken")
    return _answer(kept, fresh=False)


@intake.get(
    "/{reference}",
    operation_id="show_submission",
    response_model=StatusAnswer,
    responses={404: {"model": Refusal, "description": "No form was sent under this reference."}},
)
async def show_submission(reference: Reference, request: Request) -> StatusAnswer | Response:
    """Show the status of a submission."""
    kept = request.app.state.state.one(FIND, {"reference": reference})
    if kept is None:
        return _refused(404, "reference-unknown")
    if kept["status"] == SubmissionStatus.REJECTED:
        return StatusAnswer(
            reference=reference, status=SubmissionStatus.REJECTED, reason_code=kept["reason_code"]
        )
    receipt = _receipt(kept)
    acknowledged_at = datetime.fromisoformat(kept["acknowledge_at"])
    is_acknowledged = acknowledged_at <= now()
    return StatusAnswer(
        reference=reference,
        status=SubmissionStatus.ACKNOWLEDGED if is_acknowledged else SubmissionStatus.ACCEPTED,
        receipt_number=receipt.receipt_number,
        accepted_at=receipt.accepted_at,
        acknowledged_at=acknowledged_at if is_acknowledged else None,
        content_hash=receipt.content_hash,
    )


def _decided(
    reference: str, content_hash: str, reason_code: str | None, after_seconds: float
) -> dict[str, str | int | None]:
    decided_at = now()
    acknowledge_at = written(decided_at + timedelta(seconds=after_seconds))
    return {
        "reference": reference,
        "content_hash": content_hash,
        "status": SubmissionStatus.REJECTED if reason_code else SubmissionStatus.ACCEPTED,
        "reason_code": reason_code,
        "decided_at": written(decided_at),
        "acknowledge_at": None if reason_code else acknowledge_at,
    }


def _kept(state: State, reference: str) -> sqlite3.Row:
    kept = state.one(FIND, {"reference": reference})
    if kept is None:
        raise LookupError(reference)
    return kept


def _answer(kept: sqlite3.Row, *, fresh: bool) -> Response:
    if kept["status"] == SubmissionStatus.REJECTED:
        return _refused(422, kept["reason_code"])
    return JSONResponse(_receipt(kept).model_dump(mode="json"), 201 if fresh else 200)


def _receipt(kept: sqlite3.Row) -> Receipt:
    return Receipt(
        reference=kept["reference"],
        receipt_number=f"DOJ-{kept['number']:08}",
        accepted_at=datetime.fromisoformat(kept["decided_at"]),
        content_hash=kept["content_hash"],
    )


def _refused(status: int, reason_code: str) -> Response:
    return JSONResponse(Refusal(reason_code=reason_code).model_dump(), status)
