"""Response models of the simulator, and the check of the key."""

import hmac
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, Field


class SubmissionStatus(StrEnum):
    """Status of a submission at DOJ."""

    ACCEPTED = "accepted"
    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"


class Receipt(BaseModel):
    """DOJ's receipt for an accepted form."""

    reference: str = Field(description="Reference under which the form was sent.")
    receipt_number: str = Field(description="DOJ's receipt number, which proves the acceptance.")
    accepted_at: datetime = Field(description="When DOJ accepted the form, by DOJ's own time.")
    content_hash: str = Field(description="SHA-256 of the bytes of the form that DOJ has.")


class StatusAnswer(BaseModel):
    """Status of a submission. A rejected one has a reason code and no receipt."""

    reference: str = Field(description="Reference under which the form was sent.")
    status: SubmissionStatus = Field(
        description="`accepted`: DOJ has the form. `acknowledged`: DOJ has taken it into its "
        "records. `rejected`: DOJ refused it."
    )
    receipt_number: str | None = Field(
        default=None, description="DOJ's receipt number. Null if the form was rejected."
    )
    accepted_at: datetime | None = Field(
        default=None, description="When DOJ accepted the form. Null if it was rejected."
    )
    acknowledged_at: datetime | None = Field(
        default=None, description="When DOJ acknowledged the form. Null until then."
    )
    content_hash: str | None = Field(
        default=None,
        description="SHA-256 of the bytes of the form that DOJ has. Null if it was rejected.",
    )
    reason_code: str | None = Field(
        default=None, description="Code of the reason of a rejection. Null if there is none."
    )


class Refusal(BaseModel):
    """DOJ's refusal. It contains a stable code and never content of the form."""

    reason_code: str = Field(description="Code of the reason why DOJ refused the request.")


class NoticeAnswer(BaseModel):
    """DOJ's notice of a result from the online tool, without the person."""

    notice_id: str = Field(description="DOJ's ID of the notice.")
    instrument: str = Field(description="Name of the instrument, as the online tool gave it.")
    assessed_on: date = Field(description="Day of scoring.")
    seen_at: datetime = Field(description="When DOJ saw the result.")
    taken_at: datetime | None = Field(
        description="When the gateway received the notice. Null until then."
    )
    acknowledged_at: datetime | None = Field(
        description="When the gateway acknowledged the notice. Null until then."
    )


class NoticedPerson(BaseModel):
    """The identifiers by which DOJ names a person."""

    cii_number: str = Field(description="CII number: DOJ's identifier of the person.")
    birth_date: date
    family_name: str


class NoticeWithPersonAnswer(NoticeAnswer):
    """DOJ's notice of a result from the online tool, with the person."""

    person: NoticedPerson = Field(description="The person who was scored.")


class AcknowledgmentAnswer(BaseModel):
    """Confirmation that DOJ took the acknowledgment of a notice."""

    notice_id: str = Field(description="DOJ's ID of the notice.")
    acknowledged_at: datetime = Field(
        description="When DOJ took the first acknowledgment of the notice."
    )


_KEY = APIKeyHeader(name="X-Intake-Key", description="Key that DOJ issued to the caller.")


def _require_key(request: Request, given: Annotated[str, Depends(_KEY)]) -> None:
    if not hmac.compare_digest(given.encode(), request.app.state.intake_key.encode()):
        raise HTTPException(401, "the key in X-Intake-Key is not valid")


KEYED = Depends(_require_key)
