"""The worked consumer, piece by piece; the conformance set shows it whole."""

import asyncio
import contextlib
import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaConnectionError

from architecture.source_tree import ROOT
from contract.conformance.worked_consumer import as_record, loaded

SCRIPT = ROOT / "docs/partners/consumer.py"
PLACE = {"epoch": 1, "next_offset": 3, "last_sequence": 7}


def event(sequence: int, previous: int, epoch: int = 1) -> dict[str, int]:
    """What is looked at to say where an event stands; sequence 0 is a watermark."""
    return {"logepoch": epoch, "sequence": sequence, "previoussequence": previous}


@pytest.mark.parametrize(
    ("what", "standing"),
    [
        (event(9, 7), "next"),
        (event(7, 4), "old"),
        (event(4, 0), "old"),
        (event(0, 7), "old"),
        (event(0, 4), "old"),
        (event(0, 8), "ahead"),
        (event(9, 8), "ahead"),
        (event(9, 4), "ahead"),
        (event(1, 0, epoch=2), "ahead"),
        (event(0, 0, epoch=2), "ahead"),
        (event(99, 98, epoch=0), "old"),
    ],
)
def test_an_event_is_old_or_next_or_ahead(what: dict[str, int], standing: str) -> None:
    module = loaded()

    assert module.standing(what, module.Place(**PLACE)) == standing


async def test_a_newcomer_begins_in_the_present_epoch(tmp_path: Path) -> None:
    module, token = loaded(), tmp_path / "token"
    token.write_text("a token\n")
    feed = httpx.MockTransport(lambda _: httpx.Response(200, json={"epoch": 3, "items": []}))

    async with httpx.AsyncClient(base_url="http://feed", transport=feed) as http:
        consumer = module.Consumer(str(tmp_path / "places.sqlite"), http, str(token))
        place = await consumer.place(4)
        consumer.database.close()

    assert place == module.Place(epoch=3, next_offset=0, last_sequence=0)


async def test_what_is_in_the_way_of_ever_reading_on_stops_it_with_the_words_of_the_feed(
    tmp_path: Path,
) -> None:
    module, token = loaded(), tmp_path / "token"
    token.write_text("a token")
    refusal = {"detail": "you are not entitled to any event of scoring"}
    feed = httpx.MockTransport(lambda _: httpx.Response(403, json=refusal))

    async with httpx.AsyncClient(base_url="http://feed", transport=feed) as http:
        consumer = module.Consumer(str(tmp_path / "places.sqlite"), http, str(token))
        with pytest.raises(SystemExit, match="stopped: you are not entitled to any event"):
            await consumer.place(0)
        consumer.database.close()


class Log:
    """A log of one partition, asked as the feed is; it began its second epoch after an event."""

    def __init__(self, *events: tuple[int, int, str], fork: int | None = None) -> None:
        self._events = [self.event(*each) for each in events]
        self._epoch = 1 if fork is None else 2
        self._fork = fork

    def event(self, sequence: int, previous: int, event_id: str) -> dict[str, object]:
        """One event as the feed gives it."""
        told = {"sequence": sequence, "previoussequence": previous, "id": event_id}
        return {**told, "logepoch": 1, "data": {}}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer for what follows a position."""
        epoch, after = map(int, request.url.params["after"].split(":"))
        if epoch < self._epoch:
            ended = {"began_after": self._fork, "epoch": 2, "tails": [self._fork]}
            return httpx.Response(409, json={**ended, "detail": "undo what you made of the events"})
        found = [each for each in self._events if int(str(each["sequence"])) > after]
        end = max(int(str(each["sequence"])) for each in self._events)
        if after > end:
            return httpx.Response(409, json={"ends_at": f"1:{end}", "detail": "the log ends"})
        items = [each | {"logepoch": epoch} for each in found]
        return httpx.Response(200, json={"items": items, "next": f"{epoch}:{end}"})


class Applied:
    """A worked consumer that has applied events of one partition, with its state file."""

    def __init__(self, folder: Path, log: Log, *events: tuple[int, int, str]) -> None:
        self._module, self._token = loaded(), folder / "token"
        self._token.write_text("a token")
        self._state, self._log = str(folder / "places.sqlite"), log
        with self.begun() as consumer:
            place = self._module.Place(1, 0, 0)
            for each in events:
                place = consumer.apply(0, place, log.event(*each))
            consumer.database.commit()

    @contextlib.contextmanager
    def begun(self, *, rebuild: bool = False) -> Iterator[Any]:
        """Start it anew."""
        http = httpx.AsyncClient(base_url="http://feed", transport=httpx.MockTransport(self._log))
        consumer = self._module.Consumer(self._state, http, str(self._token), rebuild=rebuild)
        yield consumer
        consumer.database.close()

    def holds(self) -> list[str]:
        """The ids of what it has applied, in order."""
        with self.begun() as consumer:
            rows = consumer.database.execute("SELECT id FROM events ORDER BY number").fetchall()
            return [row[0] for row in rows]


def recorded(event: dict[str, object]) -> ConsumerRecord:
    """The record of an event."""
    headers = {f"ce_{name}": str(value) for name, value in event.items() if name != "data"}
    return as_record({"partition": 0, "offset": 9, "headers": headers, "key": None, "value": "{}"})


async def test_a_forged_event_far_ahead_is_found_when_it_is_looked_up(tmp_path: Path) -> None:
    log = Log((1, 0, "first"), (2, 1, "second"))
    applied = Applied(tmp_path, log, (1, 0, "first"), (5_000_000, 1, "forged"))

    with applied.begun() as consumer, pytest.raises(SystemExit, match="no event forged at 5000000"):
        await consumer.verify(0)

    with applied.begun(rebuild=True) as consumer:
        await consumer.verify(0)
        assert await consumer.place(0) == (1, 0, 1)
    assert applied.holds() == ["first"]


async def test_a_forged_event_is_found_when_the_true_one_comes_and_is_undone_for_it(
    tmp_path: Path,
) -> None:
    log = Log((1, 0, "first"), (2, 1, "true"))
    applied = Applied(tmp_path, log, (1, 0, "first"), (2, 1, "forged"))
    true = [recorded(log.event(2, 1, "true"))]

    with applied.begun() as consumer, pytest.raises(SystemExit, match="another event at 2"):
        await consumer.take(0, true)

    with applied.begun(rebuild=True) as consumer:
        await consumer.take(0, true)
    assert applied.holds() == ["first", "true"]


@pytest.mark.parametrize("rebuild", [False, True])
async def test_a_forged_event_in_the_place_of_one_that_was_applied_is_passed_over(
    tmp_path: Path, *, rebuild: bool
) -> None:
    log = Log((1, 0, "first"), (2, 1, "second"), (3, 2, "third"))
    applied = Applied(tmp_path, log, (1, 0, "first"), (2, 1, "second"))
    forged = recorded(log.event(2, 1, "forged"))
    third = recorded(log.event(3, 2, "third"))

    with applied.begun(rebuild=rebuild) as consumer:
        await consumer.take(0, [forged, third])

    assert applied.holds() == ["first", "second", "third"]


async def test_a_true_id_in_a_forged_place_undoes_nothing(tmp_path: Path) -> None:
    log = Log((1, 0, "first"), (2, 1, "second"), (3, 2, "third"))
    applied = Applied(tmp_path, log, (1, 0, "first"), (2, 1, "second"))

    with applied.begun(rebuild=True) as consumer:
        await consumer.take(0, [recorded(log.event(3, 0, "third"))])

    assert applied.holds() == ["first", "second"]


async def test_nested_json_is_no_event(tmp_path: Path) -> None:
    log = Log((1, 0, "first"), (2, 1, "second"))
    applied = Applied(tmp_path, log, (1, 0, "first"))
    nested = recorded(log.event(5_000_000, 0, "forged"))
    nested = dataclasses.replace(nested, value=b"[" * 200_000)

    with applied.begun() as consumer:
        await consumer.take(0, [nested, recorded(log.event(2, 1, "second"))])

    assert applied.holds() == ["first", "second"]


class Reader:
    """A client of the topic that cannot decode some offsets, nor what is fetched with them."""

    def __init__(self, *records: ConsumerRecord | None) -> None:
        self._records = records
        self._at = 0

    def assignment(self) -> set[TopicPartition]:
        """The one partition."""
        return {TopicPartition("scoring.events", 0)}

    def seek(self, place: TopicPartition, offset: int) -> None:
        """Read on from an offset."""
        del place
        self._at = offset

    async def getmany(
        self, *places: TopicPartition, timeout_ms: int, max_records: int = 100
    ) -> dict[TopicPartition, list[ConsumerRecord]]:
        """Return what follows, or raise what the library raises."""
        del places, timeout_ms
        found = self._records[self._at : self._at + max_records]
        if None in found:
            raise UnicodeDecodeError("utf-8", b"", 0, 1, "invalid start byte")
        self._at += len(found)
        (place,) = self.assignment()
        return {place: [each for each in found if each]} if found else {}


async def test_what_the_library_cannot_decode_is_passed_over_and_read_from_the_feed(
    tmp_path: Path,
) -> None:
    log = Log((1, 0, "first"), (2, 1, "second"), (3, 2, "third"))
    applied = Applied(tmp_path, log, (1, 0, "first"))
    third = dataclasses.replace(recorded(log.event(3, 2, "third")), offset=2)

    with applied.begun() as consumer:
        await consumer.fetch(Reader(None, None, third))
        assert await consumer.place(0) == (1, 3, 3)

    assert applied.holds() == ["first", "second", "third"]


async def test_what_was_applied_beyond_a_fork_is_undone_only_when_told_to(tmp_path: Path) -> None:
    log = Log((1, 0, "first"), (2, 1, "new"), fork=1)
    applied = Applied(tmp_path, log, (1, 0, "first"), (2, 1, "lost"), (3, 2, "lost too"))
    new = [recorded(log.event(2, 1, "new") | {"logepoch": 2})]

    with applied.begun() as consumer, pytest.raises(SystemExit, match="--rebuild undoes it"):
        await consumer.take(0, new)
    assert applied.holds() == ["first", "lost", "lost too"]

    with applied.begun(rebuild=True) as consumer:
        await consumer.take(0, new)
    assert applied.holds() == ["first", "new"]


async def test_it_goes_on_when_the_client_cancels_itself_while_kafka_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied = Applied(tmp_path, Log((1, 0, "first")))

    stop = AIOKafkaConsumer.stop

    async def cancelled(reader: AIOKafkaConsumer) -> None:
        await stop(reader)
        raise asyncio.CancelledError

    async def gone(_: object) -> None:
        raise KafkaConnectionError

    monkeypatch.setattr(AIOKafkaConsumer, "start", gone)
    monkeypatch.setattr(AIOKafkaConsumer, "stop", cancelled)

    with applied.begun() as consumer:
        assert await consumer.follow("scoring.events", "127.0.0.1:9") is None


def test_it_says_how_it_is_used() -> None:
    run = subprocess.run(
        [sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True, timeout=120
    )

    for argument in ("--kafka", "--topic", "--feed", "--token-file", "--state"):
        assert argument in run.stdout


def test_it_is_short_enough_to_be_read_aloud() -> None:
    assert len(SCRIPT.read_text().splitlines()) < 260
