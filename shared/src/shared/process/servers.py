"""The HTTP servers of a process: the service's API, and operations on a port of their own.

Health with reasons and metrics are never on the port that the public can reach.
"""

import asyncio
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from shared.process.health import Check, operations_routes
from shared.process.patience import Patience, PatientConfig, PatientProtocol
from shared.process.settings import HttpSettings

DRAIN_SECONDS = 10


class QuietServer(uvicorn.Server):
    """A server that leaves signal handling to the process."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture no signals, because the process handles them."""
        yield


class ApiServer(uvicorn.Server):
    """A service's API, with its operations port open while it serves."""

    def __init__(self, config: uvicorn.Config, operations: QuietServer) -> None:
        super().__init__(config)
        self.operations = operations
        self._serving: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen for requests, then open the operations port, so that `ready` is true."""
        await super().startup(sockets)
        own = self.operations.config.bind_socket()  # here, so that a taken port ends the process
        self._serving = asyncio.create_task(self.operations.serve([own]), name="operations")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish open requests; health is available until they are done."""
        await super().shutdown(sockets)
        self.operations.should_exit = True
        if self._serving is not None:
            await asyncio.wait([self._serving], timeout=2)


def operations_server(checks: Mapping[str, Check], at: tuple[str, int]) -> QuietServer:
    """Build the server for health and metrics."""
    host, port = at
    app = Starlette(routes=operations_routes(checks))
    return QuietServer(PatientConfig(app, Patience(), host=host, port=port, lifespan="off"))


def api_server(
    app: ASGIApp,
    checks: Mapping[str, Check],
    settings: HttpSettings,
    protocol: type[PatientProtocol] = PatientProtocol,
) -> ApiServer:
    """Build the server of a service's API from its settings."""
    config = PatientConfig(
        app,
        Patience.of(settings),
        protocol,
        host=settings.http_host,
        port=settings.http_port,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    at = (settings.operations_host, settings.operations_port)
    return ApiServer(config, operations_server(checks, at))
