"""The worked consumer, piece by piece; the conformance set shows it whole."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from architecture.source_tree import ROOT
from contract.conformance.worked_consumer import loaded

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


def test_it_says_how_it_is_used() -> None:
    run = subprocess.run(
        [sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True, timeout=30
    )

    for argument in ("--kafka", "--topic", "--feed", "--token-file", "--state"):
        assert argument in run.stdout


def test_it_is_short_enough_to_be_read_aloud() -> None:
    assert len(SCRIPT.read_text().splitlines()) < 150
