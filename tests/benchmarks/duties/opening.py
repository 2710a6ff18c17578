"""What opening a duty adds to a transaction: statements, and time beside a bare insert."""

from typing import Any

from sqlalchemy import event, text

from benchmarks.duties.place import CAUSE, Place
from benchmarks.duties.timing import spread
from shared.identifiers import new_id
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Owner, Subject

RULE = "dynamic-score-to-doj"
BARE = (
    "INSERT INTO kept_laws (hash, kind, name, content, kept_at)"
    " VALUES (gen_random_uuid()::text, 'edition', 'bare', '', now())"
)


async def measure(place: Place) -> dict[str, Any]:
    """Open duties one a transaction, count the statements of one more, insert bare rows."""
    figures: dict[str, Any] = {
        "a duty, its history and its event": await spread(lambda _: _open(place)),
        "one row, bare": await spread(lambda _: place.bare.execute(BARE)),
    }
    statements: list[str] = []

    def note(*words: Any) -> None:  # noqa: ANN401 - as SQLAlchemy calls it
        statements.append(str(words[2]))

    event.listen(place.database.engine.sync_engine, "before_cursor_execute", note)
    await _open(place)
    event.remove(place.database.engine.sync_engine, "before_cursor_execute", note)
    figures["statements"] = [" ".join(each.split())[:40] for each in statements]
    return figures


async def _open(place: Place) -> None:
    async with place.database.transaction(CAUSE) as tx:
        await tx.execute(text("SELECT 1"))  # what the use case itself does
        await ledger.open_duty(
            tx,
            place.law,
            rule=RULE,
            facts=[Fact("receipt", tx.now, "receipt 7")],
            subject=Subject("assessment", new_id()),
            owner=Owner(agency="agency-1"),
        )
