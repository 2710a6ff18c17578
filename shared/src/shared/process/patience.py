"""A bound on how slowly a request may come: a byte now and then does not hold a connection.

uvicorn bounds the pause between two requests and nothing else. Here the line and headers must have
come within a time, and the body within a time that grows with what has come of it, so that a large
document over a slow line is taken and a dribble is not. What the service itself has not read yet is
never held against the sender. It leans on the protocol's own callbacks, which a new uvicorn may
change: the tests with real sockets notice.
"""

from asyncio import TimerHandle, Transport
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from shared.process.settings import HttpSettings

MOST_DISCARDED_BYTES = 65_536
"""How much of a body is still taken, and thrown away, once the request has been answered."""


@dataclass(frozen=True)
class Patience:
    """How long a sender is waited for."""

    header_seconds: float = 10
    body_seconds: float = 20
    body_bytes_per_second: int = 2_048

    @classmethod
    def of(cls, settings: HttpSettings) -> "Patience":
        """Read it from the settings."""
        return cls(
            settings.http_header_seconds,
            settings.http_body_seconds,
            settings.http_body_bytes_per_second,
        )

    def for_body(self, received: int) -> float:
        """The seconds in which a body may come, when so many bytes of it have."""
        return self.body_seconds + received / self.body_bytes_per_second


class _Awaits(StrEnum):
    NOTHING = "nothing"
    HEADERS = "headers"
    BODY = "body"


class PatientProtocol(HttpToolsProtocol):
    """One connection whose sender is waited for, but not for ever."""

    config: "PatientConfig"

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*arguments, **named)
        self._awaits = _Awaits.NOTHING
        self._began = 0.0
        self._received = 0
        self._discarded = 0
        self._timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn
        """Wait for the first request's headers from now on."""
        super().connection_made(transport)
        self._wait_for(_Awaits.HEADERS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Whatever comes after a request begins the next one."""
        if self._awaits is _Awaits.NOTHING:
            self._wait_for(_Awaits.HEADERS)
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """Wait for the body from now on."""
        self._received = self._discarded = 0
        self._wait_for(_Awaits.BODY)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Count what has come; let go of who goes on sending what was answered already."""
        self._received += len(body)
        if self.cycle.response_complete:
            self._discarded += len(body)
        if self._discarded > MOST_DISCARDED_BYTES:
            self.transport.close()
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Wait for nothing: the request is here, the answer is the service's to give."""
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
        """Close where the time is over; wait anew where the service itself does not read on."""
        if self.flow.read_paused:
            self._began = self.loop.time()
            self._received = 0
        if self.loop.time() < self._ends_at():
            self._timer = self.loop.call_at(self._ends_at(), self._look)
        elif not self.transport.is_closing():
            self.transport.close()


class PatientConfig(uvicorn.Config):
    """What uvicorn is told everywhere here, and how long senders are waited for."""

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
