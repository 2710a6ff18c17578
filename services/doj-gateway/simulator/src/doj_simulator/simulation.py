"""Endpoints that the real DOJ does not have: the online tool, and a list of what arrived."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Header, Request
from pydantic import BaseModel, ConfigDict, Field

from doj_simulator.answers import KEYED, NoticeAnswer
from doj_simulator.notices import show_notice
from doj_simulator.state import State, now, written

NOTE = """
    INSERT INTO notices (notice_id, instrument, assessed_on, seen_at, cii_number, birth_date,
                         family_name, next_push_at)
    VALUES (:notice_id, :instrument, :assessed_on, :seen_at, :cii_number, :birth_date,
            :family_name, :seen_at)
    ON CONFLICT (notice_id) DO NOTHING
"""
KEYS = UUID("5a0a1c3e-3c0c-4b0e-9a64-0d7c2f6f4f0b")
"""Namespace of notice IDs that are derived from idempotency keys."""
WITHDRAW = """
    UPDATE submissions SET status = 'rejected', reason_code = 'withdrawn-by-doj'
    WHERE reference = :reference
"""
ARRIVED = "SELECT * FROM submissions ORDER BY number"
simulation = APIRouter(prefix="/simulation", tags=["simulation"], dependencies=[KEYED])


class ScoredPerson(BaseModel):
    """The identifiers by which the online tool knows a person."""

    model_config = ConfigDict(extra="forbid")

    cii_number: Annotated[str, Field(min_length=1, max_length=20)]
    birth_date: date
    family_name: Annotated[str, Field(min_length=1, max_length=120)]


class AutomaticResult(BaseModel):
    """A result that the online tool submits to DOJ directly."""

    model_config = ConfigDict(extra="forbid")

    instrument: Annotated[str, Field(examples=["ls-cmi"], max_length=40)]
    assessed_on: date
    person: ScoredPerson


class ArrivedSubmission(BaseModel):
    """A form that arrived under a reference."""

    reference: str
    content_hash: str = Field(description="SHA-256 of the bytes of the form.")
    status: str = Field(description="`accepted` or `rejected`.")
    reason_code: str | None = Field(
        description="Code of the reason of a rejection. Null if the form was accepted."
    )
    decided_at: datetime = Field(description="When the form was accepted or rejected.")
    deliveries: int = Field(description="How often a form was sent under this reference.")


@simulation.post("/automatic-results", operation_id="submit_automatic_result", status_code=201)
async def submit_automatic_result(
    request: Request,
    result: AutomaticResult,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> NoticeAnswer:
    """Simulate a result from the online tool, which starts a notice to the gateway.

    The same `Idempotency-Key` again gives the same result and the same notice.
    """
    notice_id = uuid5(KEYS, idempotency_key) if idempotency_key else uuid4()
    state: State = request.app.state.state
    values = {
        "notice_id": str(notice_id),
        "instrument": result.instrument,
        "assessed_on": result.assessed_on.isoformat(),
        "seen_at": written(now()),
        "cii_number": result.person.cii_number,
        "birth_date": result.person.birth_date.isoformat(),
        "family_name": result.person.family_name,
    }
    state.change(NOTE, values)
    request.app.state.pusher.wake()
    return await show_notice(request, notice_id)


@simulation.post(
    "/submissions/{reference}/withdrawals", operation_id="withdraw_submission", status_code=204
)
async def withdraw_submission(request: Request, reference: str) -> None:
    """Reject a form that was accepted or acknowledged before, as DOJ may do."""
    request.app.state.state.change(WITHDRAW, {"reference": reference})


@simulation.get("/submissions", operation_id="list_arrived_submissions")
async def list_arrived_submissions(request: Request) -> list[ArrivedSubmission]:
    """List all forms that arrived, in order, for tests."""
    state: State = request.app.state.state
    return [
        ArrivedSubmission(**{name: row[name] for name in ArrivedSubmission.model_fields})
        for row in state.all(ARRIVED, {})
    ]
