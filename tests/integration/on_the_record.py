"""Holds every request of the tests against what it must leave on the audit record.

`acts_on_the_record.csv` is written by hand: an operation, the status of its answer, and one act by
its action, the kind of its subject and the authority. `|` stands between alternatives; `*` is any
authority, for what depends on who asks. A test that asks such an operation fails where the act is
not on the record, so that each `tx.audit` of a request is missed by the tests of that request.
"""

import csv
import json
import re
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID
from weakref import WeakKeyDictionary

import httpx
from sqlalchemy import text

from shared.database.database import Database

ROOT = Path(__file__).resolve().parents[2]
ACTS = Path(__file__).with_name("acts_on_the_record.csv")
REPEATED = "answer.repeated"

Entry = tuple[str, str, str]
"""An action, the kind of its subject, and the authority or an empty text."""


@dataclass(frozen=True)
class Asked:
    """A request that was answered, and the errand that it belonged to."""

    operation: str
    status: int
    errand: UUID


@dataclass(frozen=True)
class Act:
    """What an operation leaves on the record when it is answered so."""

    service: str
    operation: str
    status: str
    action: str
    subject_kind: str
    authority: str

    def is_owed(self, service: str, asked: Asked) -> bool:
        """Whether this request must have left it."""
        is_asked = self.operation == asked.operation and self.service in {"any", service}
        return is_asked and str(asked.status) in self.status.split("|")

    def is_in(self, entries: Collection[Entry]) -> bool:
        """Whether the record has it; an answer that is only given again is on it as such."""
        return any(action == REPEATED or self._is(action, *rest) for action, *rest in entries)

    def _is(self, action: str, subject_kind: str, authority: str) -> bool:
        return (
            action in self.action.split("|")
            and subject_kind in self.subject_kind.split("|")
            and self.authority in {"*", authority}
        )


_ASKED: WeakKeyDictionary[httpx.AsyncClient, list[Asked]] = WeakKeyDictionary()


def forget_asked(client: httpx.AsyncClient) -> None:
    """After a restore of the database: what was asked before is on no record any more."""
    _ASKED[client].clear()


@asynccontextmanager
async def on_the_record(client: httpx.AsyncClient, database: Database) -> AsyncIterator[None]:
    """Note what the client asks within the block, and look at its end at the record."""
    asked = _ASKED[client] = []

    async def note(answer: httpx.Response) -> None:
        operation = _operation(database.service, answer.request.method, answer.request.url.path)
        errand = UUID(answer.headers["X-Correlation-Id"])
        asked.append(Asked(operation, answer.status_code, errand))

    client.event_hooks["response"].append(note)
    yield
    owed = [(each, act) for each in asked for act in acts() if act.is_owed(database.service, each)]
    entries = await _entries(database, [each.errand for each, _ in owed]) if owed else {}
    missing = {
        f"{each.operation} left no {act.action} on the audit record"
        for each, act in owed
        if not act.is_in(entries.get(each.errand, ()))
    }
    assert not missing, "\n".join(sorted(missing))


async def _entries(database: Database, errands: Sequence[UUID]) -> Mapping[UUID, Collection[Entry]]:
    found: dict[UUID, set[Entry]] = {}
    statement = text(
        "SELECT correlation_id, action, subject_kind, coalesce(authority, '')"
        " FROM audit_entries WHERE correlation_id = ANY(:errands)"
    )
    async with database.engine.connect() as connection:
        rows = await connection.execute(statement, {"errands": errands})
        for errand, *entry in rows:
            found.setdefault(errand, set()).add((entry[0], entry[1], entry[2]))
    return found


def _operation(service: str, method: str, path: str) -> str:
    for of_method, pattern, operation in operations(service):
        if of_method == method and pattern.fullmatch(path):
            return operation
    return ""


@cache
def acts() -> Sequence[Act]:
    """Every row of the table."""
    with ACTS.open(newline="") as file:
        return [Act(**row) for row in csv.DictReader(file)]


@cache
def operations(service: str) -> Sequence[tuple[str, re.Pattern[str], str]]:
    """Every operation of a service: its method, its path, its name."""
    document = json.loads((ROOT / "services" / service / "openapi.json").read_text())
    return [
        (method.upper(), re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), said["operationId"])
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    ]
