"""Reads another service's feed for events that the topic did not deliver."""

import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, Self
from uuid import UUID

import httpx
import orjson

from shared.bounded_answers import BoundedClient
from shared.database.outbox import LARGEST_RECORD_BYTES
from shared.errors import UnavailableError
from shared.messaging.log.positions import Position
from shared.messaging.wire.cloud_events import as_record
from shared.messaging.wire.envelope import KafkaRecord
from shared.process.settings import FeedSettings
from shared.security.service_identity import ServiceIdentity

EVENTS_AT_ONCE = 500
_CALL_SECONDS = 10.0
_NO_OFFSET = -1


@dataclass(frozen=True)
class FedRecords:
    """Records of one partition in the form of the topic, and the next position.

    `tails` is the last sequence of each partition of the log, from the same snapshot.
    """

    records: Sequence[KafkaRecord]
    next: Position
    tails: Sequence[int]


class EpochEndedError(Exception):
    """The position's epoch has ended: `epoch` began after `began_after`, and after these tails."""

    def __init__(self, epoch: int, began_after: int, tails: Sequence[int]) -> None:
        super().__init__(f"epoch {epoch} began after sequence {began_after}")
        self.epoch = epoch
        self.began_after = began_after
        self.tails = tails


class FeedRefusedError(Exception):
    """The feed refuses to return what follows the position, however often it is asked.

    `begins_after` is where the log begins, if the events asked for are no longer kept.
    """

    def __init__(self, detail: str, begins_after: Position | None = None) -> None:
        super().__init__(detail)
        self.begins_after = begins_after


class AheadOfLogError(FeedRefusedError):
    """The log has not reached the position, so the position does not belong to this log."""


class Feed(Protocol):
    """What a consumer can ask the producer of a topic."""

    async def after(
        self,
        service: str,
        position: Position,
        partition: int,
        *,
        subject_id: UUID | None = None,
        limit: int = EVENTS_AT_ONCE,
    ) -> FedRecords:
        """Return what follows a position in one partition, for one subject if given.

        Raises UnavailableError, EpochEndedError or FeedRefusedError.
        """
        ...

    async def report(
        self, service: str, name: str, epoch: int, last_sequences: Sequence[int]
    ) -> None:
        """Report this reader's position; raises UnavailableError or FeedRefusedError."""
        ...

    async def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        ...


class FeedConnection(BoundedClient):
    """The timeouts and size limits of a feed's connection."""

    most_bytes = EVENTS_AT_ONCE * 2 * LARGEST_RECORD_BYTES


class FeedClient:
    """Client for the feeds of the services whose addresses are configured."""

    def __init__(
        self,
        urls: Mapping[str, str],
        identity: ServiceIdentity,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._urls = urls
        self._identity = identity
        self._transport = transport
        self._clients: dict[str, httpx.AsyncClient] = {}

    @classmethod
    def of(cls, settings: FeedSettings) -> Self:
        """Make the client from a process's settings."""
        return cls(settings.feed_urls, ServiceIdentity(settings))

    async def after(
        self,
        service: str,
        position: Position,
        partition: int,
        *,
        subject_id: UUID | None = None,
        limit: int = EVENTS_AT_ONCE,
    ) -> FedRecords:
        """Return what follows a position in one partition of a service's topic."""
        asked = {"after": str(position), "partition": partition, "limit": limit}
        if subject_id is not None:
            asked["subject"] = str(subject_id)
        answer = await self._call(service, "GET", "/v1/events", params=asked)
        body = _read(answer)
        if answer.status_code == httpx.codes.CONFLICT and "began_after" in body:
            raise EpochEndedError(body["epoch"], body["began_after"], body["tails"])
        if answer.status_code in {httpx.codes.CONFLICT, httpx.codes.GONE}:
            raise _refused(body)
        if not answer.is_success:
            raise _unavailable(service, f"status {answer.status_code}")
        try:
            records = [as_record(event, service, _NO_OFFSET) for event in body["items"]]
            return FedRecords(records, Position.read(body["next"]), body["tails"])
        except (KeyError, TypeError, AttributeError):
            raise _unavailable(service, "its answer is not a page of events") from None

    async def report(
        self, service: str, name: str, epoch: int, last_sequences: Sequence[int]
    ) -> None:
        """Report this reader's position, so that the events it needs are kept."""
        body = {"epoch": epoch, "last_sequences": list(last_sequences)}
        answer = await self._call(service, "PUT", f"/v1/event-readers/{name}", json=body)
        if answer.status_code == httpx.codes.CONFLICT:
            raise _refused(_read(answer))
        if not answer.is_success:
            raise _unavailable(service, f"status {answer.status_code}")

    async def _call(self, service: str, method: str, path: str, **what: Any) -> httpx.Response:  # noqa: ANN401 - passed on to httpx as they come
        if service not in self._urls:
            raise _unavailable(service, "CASOMB_FEED_URLS has no address for it")
        headers = {
            "Accept": "application/json",
            "Authorization": await self._identity.authorization(),
        }
        try:
            return await self._client(service).request(method, path, headers=headers, **what)
        except httpx.HTTPError as error:
            raise _unavailable(service, type(error).__name__) from None

    def _client(self, service: str) -> httpx.AsyncClient:
        """Return the one client of a feed, which all pages share."""
        if service not in self._clients:
            self._clients[service] = FeedConnection(
                base_url=self._urls[service],
                timeout=_CALL_SECONDS,
                transport=self._transport,
                verify=_trusted(),
            )
        return self._clients[service]

    async def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        clients, self._clients = self._clients, {}
        for client in clients.values():
            await client.aclose()


@cache
def _trusted() -> ssl.SSLContext:
    """The trusted certificate authorities, read once because that takes longer than a page."""
    return httpx.create_ssl_context()


def _read(answer: httpx.Response) -> dict[str, Any]:
    try:
        body: dict[str, Any] = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return {}
    return body


def _refused(body: Mapping[str, Any]) -> FeedRefusedError:
    detail = str(body.get("detail"))
    if str(body.get("type")).endswith("position-ahead-of-log"):
        return AheadOfLogError(detail)
    begins_after = body.get("begins_after")
    return FeedRefusedError(detail, None if begins_after is None else Position.read(begins_after))


def _unavailable(service: str, why: str) -> UnavailableError:
    return UnavailableError(f"the feed of {service} cannot be read: {why}", code="feed-unavailable")
