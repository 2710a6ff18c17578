"""A limit on how slowly a request may arrive, so that a slow sender cannot hold a connection.

uvicorn limits only the pause between two requests. Here the request line and headers must arrive
within a time limit, and the body within a limit that grows with the bytes received. A large
document over a slow line is accepted, a trickle is not. Data that the service has not read yet
never counts against the sender. This depends on uvicorn's protocol callbacks; if a new version
changes them, the tests with real sockets fail.
"""

from asyncio import TimerHandle, Transport
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from shared.process.settings import HttpSettings

MOST_DISCARDED_BYTES = 65_536
"""Bytes of a body that are read and dropped after the request was answered."""


@dataclass(frozen=True)
class Patience:
    """How long to wait for a sender."""

    header_seconds: float = 10
    body_seconds: float = 20
    body_bytes_per_second: int = 2_048

    @classmethod
    def of(cls, settings: HttpSettings) -> "Patience":
        """Read the limits from the settings."""
        return cls(
            settings.http_header_seconds,
            settings.http_body_seconds,
            settings.http_body_bytes_per_second,
        )

    def for_body(self, received: int) -> float:
        """The seconds allowed for a body of which this many bytes have arrived."""
        return self.body_seconds + received / self.body_bytes_per_second


class _Awaits(StrEnum):
    NOTHING = "nothing"
    HEADERS = "headers"
    BODY = "body"


class PatientProtocol(HttpToolsProtocol):
    """A connection that is closed if its sender is too slow."""

    config: "PatientConfig"

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*arguments, **named)
        self._awaits = _Awaits.NOTHING
        self._began = 0.0
        self._received = 0
        self._discarded = 0
        self._timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn
        """Start the time limit for the first request's headers."""
        super().connection_made(transport)
        self._wait_for(_Awaits.HEADERS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all timers."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Start the time limit for the next request when its first bytes arrive."""
        if self._awaits is _Awaits.NOTHING:
            self._wait_for(_Awaits.HEADERS)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Start the time limit for the body."""
        self._received = self._discarded = 0
        self._wait_for(_Awaits.BODY)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Count received bytes; disconnect a sender that continues after the answer."""
        self._received += len(body)
        if self.cycle.response_complete:
            self._discarded += len(body)
        if self._discarded > MOST_DISCARDED_BYTES:
            self.transport.close()
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Stop the timer: the request is complete, and the answer is up to the service."""
        self._stop_waiting()
        super().on_message_complete()

    def _wait_for(self, awaited: _Awaits) -> None:
        self._stop_waiting()
        self._awaits, self._began = awaited, self.loop.time()
        self._timer = self.loop.call_at(self._ends_at(), self._look)

    def _stop_waiting(self) -> None:
        self._awaits = _Awaits.NOTHING
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ends_at(self) -> float:
        patience = self.config.patience
        if self._awaits is _Awaits.BODY:
            return self._began + patience.for_body(self._received)
        return self._began + patience.header_seconds

    def _look(self) -> None:
        """Close if the time is over; start again if the service itself has paused reading."""
        if self.flow.read_paused:
            self._began = self.loop.time()
            self._received = 0
        if self.loop.time() < self._ends_at():
            self._timer = self.loop.call_at(self._ends_at(), self._look)
        elif not self.transport.is_closing():
            self.transport.close()


class PatientConfig(uvicorn.Config):
    """uvicorn's configuration here, with the time limits for senders."""

    def __init__(
        self,
        app: Any,  # noqa: ANN401 - an ASGI application
        patience: Patience,
        protocol: type[PatientProtocol] = PatientProtocol,
        **told: Any,  # noqa: ANN401 - what uvicorn takes
    ) -> None:
        super().__init__(
            app,
            http=protocol,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            **told,
        )
        self.patience = patience
