"""What the intake answers, and how it refuses."""

import hmac
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field


class SubmissionStatus(StrEnum):
    """Where a submission stands at DOJ."""

    ACCEPTED = "accepted"
    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"


class Receipt(BaseModel):
    """DOJ took the form under this reference; the number proves it.

    `content_hash` is the SHA-256 of the form's bytes as DOJ holds them.
    """

    reference: str
    receipt_number: str
    accepted_at: datetime
    content_hash: str


class StatusAnswer(BaseModel):
    """Where a submission stands; a rejected one has a reason and no receipt."""

    reference: str
    status: SubmissionStatus
    receipt_number: str | None = None
    accepted_at: datetime | None = None
    acknowledged_at: datetime | None = None
    content_hash: str | None = None
    reason_code: str | None = None


class Refusal(BaseModel):
    """Why DOJ does not take it: a stable code, never what the form says."""

    reason_code: str


class NoticeAnswer(BaseModel):
    """One automatic result that DOJ saw, without the person's identifiers."""

    notice_id: str
    instrument: str
    assessed_on: date
    seen_at: datetime
    taken_at: datetime | None = Field(description="When the gateway answered for the notice.")
    acknowledged_at: datetime | None


class NoticedPerson(BaseModel):
    """By what DOJ names a person."""

    cii_number: str
    birth_date: date
    family_name: str


class NoticeWithPersonAnswer(NoticeAnswer):
    """One automatic result that DOJ saw, and whose it is."""

    person: NoticedPerson


class AcknowledgmentAnswer(BaseModel):
    """DOJ took the acknowledgment of its notice."""

    notice_id: str
    acknowledged_at: datetime


_KEY = APIKeyHeader(name="X-Intake-Key", description="The key DOJ gave to the caller.")


def _require_key(request: Request, given: Annotated[str, Depends(_KEY)]) -> None:
    if not hmac.compare_digest(given.encode(), request.app.state.intake_key.encode()):
        raise HTTPException(401, "the key is not the one DOJ gave out")


KEYED = Depends(_require_key)
