"""Idempotency-Key: a repeated request gets the stored answer and does nothing a second time.

The key's row is inserted first, so of two equal requests at once the second waits for the first;
the answer is stored in the same transaction as what it answers for. Refusals are not stored.
"""

import hashlib
from collections.abc import Awaitable, Callable

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from starlette.requests import Request
from starlette.responses import Response

from shared.database.transaction import Transaction
from shared.errors import Fault, InvalidInputError

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("etag", "location", "content-type")
LONGEST_KEY = 200

Handler = Callable[[Request], Awaitable[Response]]


def attach_idempotency(metadata: MetaData) -> Table:
    """Add the stored answers to a service's tables; a row is by actor and key."""
    table = Table(
        "idempotency_keys",
        metadata,
        Column("actor", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("request_hash", LargeBinary, nullable=False),
        Column("status", SmallInteger),
        Column("headers", JSONB),
        Column("body", LargeBinary),
        Column("created_at", DateTime(timezone=True), nullable=False),
        PrimaryKeyConstraint("actor", "key"),
    )
    Index("ix_idempotency_keys_created_at", table.c.created_at)
    return table


_KEYS = attach_idempotency(MetaData())


async def answered_once(tx: Transaction, request: Request, handler: Handler) -> Response:
    """Answer the request, from the store if this key was answered before.

    Raises InvalidInputError when the key came with another request.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method in {"GET", "HEAD"}:
        return await handler(request)
    if not 0 < len(key) <= LONGEST_KEY:
        raise _wrong_key(f"a key has 1 to {LONGEST_KEY} characters")
    request_hash = await _hash(request)
    if not await _claim(tx, key, request_hash):
        return await _stored(tx, key, request_hash)
    response = await handler(request)
    await _keep(tx, key, response)
    return response


async def _hash(request: Request) -> bytes:
    target = f"{request.method} {request.url.path}?{request.url.query}\n"
    return hashlib.sha256(target.encode() + await request.body()).digest()


async def _claim(tx: Transaction, key: str, request_hash: bytes) -> bool:
    statement = (
        insert(_KEYS)
        .values(actor=tx.actor.subject, key=key, request_hash=request_hash, created_at=tx.now)
        .on_conflict_do_nothing()
        .returning(_KEYS.c.key)
    )
    return (await tx.execute(statement)).first() is not None


async def _stored(tx: Transaction, key: str, request_hash: bytes) -> Response:
    row = (await tx.execute(select(_KEYS).where(_is(tx, key)))).mappings().one()
    if row["request_hash"] != request_hash:
        raise _wrong_key("this key was used with another request")
    return Response(row["body"], row["status"], headers={**row["headers"], REPLAYED: "true"})


async def _keep(tx: Transaction, key: str, response: Response) -> None:
    kept = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    statement = (
        update(_KEYS)
        .where(_is(tx, key))
        .values(status=response.status_code, headers=kept, body=bytes(response.body))
    )
    await tx.execute(statement)


def _is(tx: Transaction, key: str) -> ColumnElement[bool]:
    return (_KEYS.c.actor == tx.actor.subject) & (_KEYS.c.key == key)


def _wrong_key(message: str) -> InvalidInputError:
    return InvalidInputError(
        message, code="idempotency-key-misused", faults=[Fault(f"header.{HEADER}", message)]
    )
