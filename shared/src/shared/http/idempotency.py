"""Idempotency-Key: a repeated request gets the stored answer and does nothing a second time.

The key's row is inserted first, so of two equal requests at once the second waits for the first.
The answer is stored in the transaction that does the work. Refusals are not stored.

A key belongs to a request and to the rights it was sent with. If the caller's agency, unit or role
has changed since, in the token or in the service's records, the stored answer is not shown. Each
repetition is audited.
"""

from collections.abc import Awaitable, Callable, Mapping

import orjson
from starlette.requests import Request
from starlette.responses import Response

from shared.database.transaction import Transaction
from shared.errors import Fault, InvalidInputError
from shared.http import kept_answers
from shared.http.kept_answers import AnswerClaim, KeptAnswer
from shared.security.personal_fields import PersonalFields

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("etag", "location", "content-type")
LONGEST_KEY = 200

Handler = Callable[[Request], Awaitable[Response]]
RecordedRights = Callable[[Transaction], Awaitable[str]]
"""What the service's own records add to the rights in the caller's token."""


async def nothing_recorded(_: Transaction) -> str:
    """Add nothing: all rights are in the token."""
    return ""


async def answered_once(
    tx: Transaction,
    request: Request,
    handler: Handler,
    fields: PersonalFields,
    recorded: RecordedRights = nothing_recorded,
) -> Response:
    """Answer the request, from the store if this key was answered before.

    Raises InvalidInputError if the key was used with another request or with other rights.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method in {"GET", "HEAD"}:
        return await handler(request)
    if not 0 < len(key) <= LONGEST_KEY:
        raise _wrong_key(f"the Idempotency-Key must have 1 to {LONGEST_KEY} characters")
    rights = vars(tx.actor) | {"roles": sorted(tx.actor.roles), "recorded": await recorded(tx)}
    made = await _claim(rights, request, key, fields)
    row_id = await kept_answers.claim(tx, made)
    if row_id is None:
        return await _again(tx, made, fields)
    response = await handler(request)
    kept = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    answer = KeptAnswer(
        row_id, response.status_code, kept, bytes(response.body), tx.audited_subjects
    )
    await kept_answers.update(tx, fields, answer)
    return response


async def _claim(
    rights: Mapping[str, object], request: Request, key: str, fields: PersonalFields
) -> AnswerClaim:
    asked = [request.method, request.url.path, request.url.query]
    request_bytes = orjson.dumps([rights, asked]) + await request.body()
    return AnswerClaim(
        str(rights["subject"]),
        fields.keyed_hash(key.encode(), purpose="idempotency-key"),
        fields.keyed_hash(request_bytes, purpose="idempotent-request"),
    )


async def _again(tx: Transaction, made: AnswerClaim, fields: PersonalFields) -> Response:
    found = await kept_answers.find(tx, fields, made)
    if found is None:
        raise _wrong_key("this Idempotency-Key was used with another request, or with other rights")
    for kind, subject in found.subjects or [("kept-answer", found.id)]:
        tx.audit("answer.repeated", subject_kind=kind, subject_id=subject)
    return Response(found.body, found.status, headers={**found.headers, REPLAYED: "true"})


def _wrong_key(message: str) -> InvalidInputError:
    return InvalidInputError(
        message, code="idempotency-key-misused", faults=[Fault(f"header.{HEADER}", message)]
    )
