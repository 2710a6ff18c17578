"""Recorded topics: what lay on one, what the feed said, and what a correct consumer made of it.

Everything is made by the code that publishes and serves events, from the catalog's examples; ids
and times are drawn from names, so that the same recording is the same bytes on every day.
"""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import orjson

from shared.errors import CasombError
from shared.events.catalog import catalog
from shared.http.problems import problem, status_of
from shared.messaging.log.event_log import LoggedEvent
from shared.messaging.wire.cloud_events import as_cloud_event
from shared.messaging.wire.envelope import headers_of, source_of, topic_of, watermark_headers
from shared.messaging.wire.partitioning import partition_of, subject_key

SERVICE = "scoring"
FINALIZED = "scoring.assessment.finalized"
SHARED = "scoring.share.made"
KNOWN_SCHEMAS = {FINALIZED: 1, SHARED: 1}
PARTITIONS = 2

_NAMES = UUID("6f5b1c1e-7d0b-5c7e-9d57-2b1f6a0c8e11")
_BEGAN = datetime(2026, 11, 20, 18, 4, 5, tzinfo=UTC)
_SUBJECT_KIND = {SHARED: "share"}

Json = dict[str, Any]
Headers = Sequence[tuple[str, bytes]]


@dataclass(frozen=True)
class Place:
    """Where a consumer stands in one partition."""

    epoch: int = 1
    next_offset: int = 0
    last_sequence: int = 0


def subject(name: str, partition: int) -> UUID:
    """Return the subject of a name whose events go to a partition."""
    made = uuid5(_NAMES, name)
    while partition_of(made, PARTITIONS) != partition:
        made = uuid5(_NAMES, str(made))
    return made


@dataclass
class Log:
    """A log that grows event by event, as a publisher would number them."""

    epoch: int = 1
    sequenced_through: int = 0
    tails: list[int] = field(default_factory=lambda: [0] * PARTITIONS)
    events: list[LoggedEvent] = field(default_factory=list)

    def add(
        self, partition: int, kind: str = FINALIZED, *, version: int = 1, **more: object
    ) -> LoggedEvent:
        """Log one event; `more` are fields that its type does not have, or not yet."""
        sequence = self.sequenced_through + 1
        name = f"{self.epoch}:{sequence}"
        about = subject(f"subject {sequence % 5}", partition)
        noun = _SUBJECT_KIND.get(kind, "assessment")
        event = LoggedEvent(
            sequence=sequence,
            event_id=uuid5(_NAMES, f"event {name}"),
            type=kind,
            schema_version=version,
            subject_kind=noun,
            subject_id=about,
            occurred_at=_BEGAN + timedelta(seconds=sequence),
            correlation_id=uuid5(_NAMES, f"errand {name}"),
            causation_id=None,
            data=orjson.dumps(_example(kind) | {f"{noun}_id": str(about)} | more),
            traceparent=None,
            partition=partition,
            previous_sequence=self.tails[partition],
        )
        self.sequenced_through = self.tails[partition] = sequence
        self.events.append(event)
        return event

    def went_back(self, through: int) -> "Log":
        """Return the log of the next epoch, which lost everything beyond a sequence."""
        kept = [event for event in self.events if event.sequence <= through]
        tails = [
            max((each.sequence for each in kept if each.partition == place), default=0)
            for place in range(PARTITIONS)
        ]
        return Log(self.epoch + 1, through, tails, kept)

    def page(self, after: int, partition: int) -> Json:
        """Return what the feed of this log answers for a partition."""
        found = [e for e in self.events if e.partition == partition and e.sequence > after]
        items = [as_cloud_event(event, SERVICE, self.epoch) for event in found]
        return {
            "items": json.loads(orjson.dumps(items)),
            "next": f"{self.epoch}:{self.sequenced_through}",
            "epoch": self.epoch,
            "sequenced_through": self.sequenced_through,
            "tails": list(self.tails),
        }


def _example(kind: str) -> Json:
    found = {name: entry.example for entry in catalog() for name in entry.types}
    example: Json = json.loads(found.get(kind, found[FINALIZED]))
    return example


@dataclass
class Recording:
    """One case of the conformance set, while it is written down."""

    name: str
    says: str
    begins: Mapping[int, Place] = field(default_factory=lambda: {0: Place(), 1: Place()})
    records: list[Json] = field(default_factory=list)
    feed: list[Json] = field(default_factory=list)
    optional_feed: list[Json] = field(default_factory=list)
    expected: Json = field(default_factory=dict)
    first_offset: int = 0

    def put(self, *events: LoggedEvent, epoch: int = 1, **headers: str | None) -> None:
        """Lay events on the topic, their headers changed or (None) left out."""
        for event in events:
            made = headers_of(event, source_of(SERVICE), epoch)
            whole = dict(made) | {k: v if v is None else v.encode() for k, v in headers.items()}
            kept = [(name, value) for name, value in whole.items() if value is not None]
            self._lay(event.partition, subject_key(event.subject_id), kept, event.data)

    def watermark(self, partition: int, previous: int, epoch: int = 1) -> None:
        """Lay a watermark on the topic."""
        name = f"watermark {self.name} {len(self.records)}"
        at = _BEGAN + timedelta(minutes=1, seconds=len(self.records))
        made = dict(watermark_headers(SERVICE, previous_sequence=previous, epoch=epoch))
        made["ce_id"] = str(uuid5(_NAMES, name)).encode()
        made["ce_time"] = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ").encode()
        self._lay(partition, None, list(made.items()), b"{}")

    def foreign(self, partition: int, value: bytes, headers: Headers = ()) -> None:
        """Lay bytes on the topic that are no event."""
        self._lay(partition, None, headers, value)

    def _lay(self, partition: int, key: bytes | None, headers: Headers, value: bytes) -> None:
        before = sum(record["partition"] == partition for record in self.records)
        record: Json = {"partition": partition, "offset": self.first_offset + before}
        record["key"] = None if key is None else key.decode()
        record["headers"] = {name: text.decode() for name, text in headers}
        try:
            record["value"] = value.decode()
        except UnicodeDecodeError:
            record["value_base64"] = base64.b64encode(value).decode()
        self.records.append(record)

    def fed(self, log: Log, after: int, partition: int) -> None:
        """Record that the feed is asked and answers with what the log holds."""
        asked = {"after": f"{log.epoch}:{after}", "partition": partition}
        self.feed.append({"asked": asked, "status": 200, "body": log.page(after, partition)})

    def may_be_fed(self, log: Log, after: int, partition: int) -> None:
        """Record what the feed answers to one who asks for it too; nobody need."""
        self.fed(log, after, partition)
        self.optional_feed.append(self.feed.pop())

    def refused(self, after: str, partition: int, error: CasombError) -> None:
        """Record that the feed is asked and refuses."""
        status = status_of(error)
        body = problem(status, error.code, error.detail, members=error.members).body
        asked = {"after": after, "partition": partition}
        answer = {"asked": asked, "status": int(status), "body": json.loads(bytes(body))}
        self.feed.append(answer)

    def expect(
        self,
        applied: Sequence[LoggedEvent],
        places: Mapping[int, Place],
        *,
        stopped: str | None = None,
        optional: Mapping[LoggedEvent, str] | None = None,
    ) -> "Recording":
        """Say what a correct consumer does; `optional` events it may leave out, and why."""
        self.expected = {
            "applied": [_applied(event, optional or {}) for event in applied],
            "places": {str(number): vars(place) for number, place in places.items()},
            "asked": [exchange["asked"] for exchange in self.feed],
            "stopped": stopped,
        }
        if self.optional_feed:
            self.expected["may_be_asked"] = [each["asked"] for each in self.optional_feed]
        return self

    def written(self) -> str:
        """Return the case as its file has it."""
        whole = {
            "name": self.name,
            "says": self.says,
            "topic": topic_of(SERVICE),
            "partitions": PARTITIONS,
            "known_schemas": KNOWN_SCHEMAS,
            "begins": {str(number): vars(place) for number, place in self.begins.items()},
            "records": self.records,
            "feed": [*self.feed, *self.optional_feed],
            "expected": self.expected,
        }
        return json.dumps(whole, indent=2) + "\n"


def _applied(event: LoggedEvent, optional: Mapping[LoggedEvent, str]) -> Json:
    place = {"partition": event.partition, "sequence": event.sequence, "id": str(event.event_id)}
    return place | ({"may_be_left_out": optional[event]} if event in optional else {})
