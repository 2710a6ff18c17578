"""Converts DOJ's answers to outcomes. Only well-formed JSON from DOJ accepts or rejects a form.

Proxies between the gateway and DOJ may answer with their own pages, redirects and status codes,
which say nothing about what DOJ has. DOJ's free text is never stored, because it may name a person.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Annotated

import httpx
from pydantic import BaseModel, BeforeValidator, ValidationError

from doj_gateway.domain.outcomes import (
    REFERENCE_TAKEN,
    Accepted,
    Acknowledged,
    NotThere,
    Outcome,
    Rejected,
    Unknown,
)
from shared.plain_dates import PlainInstant

REFUSED_FOR_GOOD = frozenset({400, 413, 422})
BUSY = frozenset({429, 503})
KEY_REFUSED = frozenset({401, 403})

NOT_READ = Unknown("answer-not-read", is_promised=False)

_CODE = re.compile(r"(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*")
_DIGITS = re.compile(r"[0-9]")
MOST_DIGITS = 4
"""Limit of digits in a code, which is published. A birth date or an SSN has more digits."""
_SECONDS = re.compile(r"[0-9]+")
_SHA_256 = re.compile(r"[0-9a-f]{64}")


def _hash(told: object) -> str | None:
    """Read a SHA-256 in upper or lower case; None for anything else."""
    plain = told.strip().lower() if isinstance(told, str) else ""
    return plain if _SHA_256.fullmatch(plain) else None


ContentHash = Annotated[str | None, BeforeValidator(_hash)]


class _Receipt(BaseModel):
    reference: str
    receipt_number: str
    accepted_at: PlainInstant
    content_hash: ContentHash = None


class _Status(BaseModel):
    reference: str
    status: str
    receipt_number: str | None = None
    accepted_at: PlainInstant | None = None
    acknowledged_at: PlainInstant | None = None
    content_hash: ContentHash = None
    reason_code: str | None = None


class _Refusal(BaseModel):
    reason_code: str


def outcome_of_sending(answer: httpx.Response, reference: str, now: datetime) -> Outcome:
    """Return the outcome of sending a form under a reference."""
    status = answer.status_code
    if status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return _receipt(answer, reference)
    if status in BUSY:
        return NotThere(f"status-{status}", retry_after=retry_after(answer, now))
    if status in KEY_REFUSED:
        return NotThere(f"status-{status}", is_promised=False)
    reason_code = _reason(answer)
    if reason_code is None:
        return _not_promised(status)
    if status in REFUSED_FOR_GOOD:
        return Rejected(reason_code)
    return Unknown(REFERENCE_TAKEN) if status == HTTPStatus.CONFLICT else _not_promised(status)


def outcome_of_asking(answer: httpx.Response, reference: str, now: datetime) -> Outcome:
    """Return the outcome of asking for the status of a submission."""
    status = answer.status_code
    if status == HTTPStatus.OK:
        return _status(answer, reference)
    if status in BUSY:
        return Unknown(f"status-{status}", retry_after=retry_after(answer, now))
    if status == HTTPStatus.NOT_FOUND and _reason(answer) is not None:
        return NotThere("not-known-to-doj")
    return _not_promised(status)


def retry_after(answer: httpx.Response, now: datetime) -> timedelta | None:
    """Return the delay that DOJ asks for, in seconds or as a date (RFC 9110, 10.2.3).

    None if there is none. A number that is too large gives the longest timedelta; the caller limits
    it.
    """
    told = answer.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(told):
        return _seconds(told)
    try:
        until = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return None
    return max(until.replace(tzinfo=until.tzinfo or UTC) - now, timedelta())


def _seconds(digits: str) -> timedelta:
    try:
        return timedelta(seconds=int(digits))
    except (ValueError, OverflowError):
        return timedelta.max


def _not_promised(status: int) -> Unknown:
    """Return an unknown outcome. Server errors are expected; other codes raise an alarm."""
    return Unknown(f"status-{status}", is_promised=status >= HTTPStatus.INTERNAL_SERVER_ERROR)


def _receipt(answer: httpx.Response, reference: str) -> Outcome:
    try:
        receipt = _Receipt.model_validate_json(answer.content)
    except ValidationError:
        return NOT_READ
    if receipt.reference != reference:
        return Unknown("receipt-of-another-reference", is_promised=False)
    return Accepted(receipt.accepted_at, receipt.receipt_number, receipt.content_hash)


def _status(answer: httpx.Response, reference: str) -> Outcome:
    try:
        found = _Status.model_validate_json(answer.content)
    except ValidationError:
        return NOT_READ
    if found.reference != reference:
        return Unknown("receipt-of-another-reference", is_promised=False)
    read = _READ.get(found.status)
    outcome = read(found) if read else None
    return outcome or NOT_READ


def _told_rejected(found: _Status) -> Outcome | None:
    code = found.reason_code or ""
    return Rejected(code) if _is_code(code) else None


def _told_accepted(found: _Status) -> Outcome | None:
    if found.receipt_number is None or found.accepted_at is None:
        return None
    return Accepted(found.accepted_at, found.receipt_number, found.content_hash)


def _told_acknowledged(found: _Status) -> Outcome | None:
    at, number, acknowledged_at = found.accepted_at, found.receipt_number, found.acknowledged_at
    if number is None or at is None or acknowledged_at is None:
        return None
    return Acknowledged(at, number, acknowledged_at, found.content_hash)


_READ: dict[str, Callable[[_Status], Outcome | None]] = {
    "accepted": _told_accepted,
    "acknowledged": _told_acknowledged,
    "rejected": _told_rejected,
}


def _reason(answer: httpx.Response) -> str | None:
    """Return DOJ's reason code; None if the answer is not a refusal by DOJ."""
    try:
        code = _Refusal.model_validate_json(answer.content).reason_code
    except ValidationError:
        return None
    return code if _is_code(code) else None


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None and len(_DIGITS.findall(text)) <= MOST_DIGITS
