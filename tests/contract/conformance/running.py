"""Runs a consumer against the committed cases and holds what it did against what is expected.

The consumer is given a recorded case's records in their order, in batches; where it asks the feed,
the recording answers. What is committed is read, as a partner would read it.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

from architecture.source_tree import ROOT

CASES = ROOT / "docs/partners/conformance/cases"

Json = dict[str, Any]
Places = dict[str, Json]


@dataclass
class Outcome:
    """What a consumer did with a case."""

    applied: list[tuple[int, str]]
    """Partition and id of each event, in the order in which they were applied."""
    places: Places


class Subject(Protocol):
    """A consumer that is put to the test."""

    async def take(self, partition: int, records: Sequence[Json]) -> str | None:
        """Take some records of a partition; says why it stopped where it did."""
        ...

    async def outcome(self) -> Outcome:
        """Say what was applied and where it stands."""
        ...


@dataclass
class RecordedFeed:
    """Answers as the recording says, each answer once."""

    exchanges: list[Json]
    asked: list[Json] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request for the events of one partition."""
        query = request.url.params
        asked = {"after": query["after"], "partition": int(query["partition"])}
        self.asked.append(asked)
        found = next((each for each in self.exchanges if each["asked"] == asked), None)
        assert found is not None, f"the feed is asked for {asked}, which is not needed"
        self.exchanges.remove(found)
        return httpx.Response(found["status"], json=found["body"])

    @property
    def transport(self) -> httpx.MockTransport:
        """The recording as the other end of a client."""
        return httpx.MockTransport(self)


def case_names() -> list[str]:
    """The cases by name."""
    return sorted(path.stem for path in CASES.glob("*.json"))


def case_of(name: str) -> Json:
    """Read a case."""
    case: Json = json.loads((CASES / f"{name}.json").read_text())
    return case


def value_of(record: Json) -> bytes:
    """Return a record's value as it lay in Kafka."""
    if "value" in record:
        return str(record["value"]).encode()
    return base64.b64decode(record["value_base64"])


def batches(case: Json, size: int) -> Iterator[tuple[int, list[Json]]]:
    """Cut the records into batches, each of one partition, as a fetch would."""
    batch: list[Json] = []
    for record in case["records"]:
        if batch and (record["partition"] != batch[0]["partition"] or len(batch) == size):
            yield batch[0]["partition"], batch
            batch = []
        batch.append(record)
    yield batch[0]["partition"], batch


async def check(case: Json, subject: Subject, feed: RecordedFeed, size: int) -> None:
    """Put a consumer to the test; fails where it is not what a correct one does."""
    stopped = None
    for partition, records in batches(case, size):
        stopped = await subject.take(partition, records)
        if stopped is not None:
            break
    outcome, expected = await subject.outcome(), case["expected"]
    assert stopped == expected["stopped"]
    for number in map(int, case["begins"]):  # between partitions there is no order
        applied = [event for partition, event in outcome.applied if partition == number]
        assert applied == _allowed(expected["applied"], number, applied), f"partition {number}"
    assert {number: outcome.places[number] for number in expected["places"]} == expected["places"]
    optional = expected.get("may_be_asked", [])
    assert [each for each in feed.asked if each not in optional] == expected["asked"]


def _allowed(expected: Sequence[Json], partition: int, applied: Sequence[str]) -> list[str]:
    """Return what is to be applied in a partition; an event that may be left out, where it was."""
    return [
        each["id"]
        for each in expected
        if each["partition"] == partition
        and ("may_be_left_out" not in each or each["id"] in applied)
    ]
