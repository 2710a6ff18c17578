"""The service itself on a free port, answered by a real uvicorn in a thread of its own."""

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import uvicorn
from fastapi import FastAPI

from certification.app import build_api
from certification.settings import Settings
from local_system.elliptic_keys import new_key
from local_system.ports import HOST, free_port
from pages.california import NOW
from shared.testing.clocks import FixedClock
from shared.testing.sealing import KEY

NOWHERE = "http://127.0.0.1:9"
START_SECONDS = 240


def pages_app(database_url: str, clock: FixedClock | None = None) -> FastAPI:
    """The certification service on a database, at the instant of the tests."""
    told = {
        "database_url": database_url,
        "kafka_bootstrap_servers": "127.0.0.1:9",
        "http_port": 1,
        "token_issuer": NOWHERE,
        "token_keys_url": NOWHERE,
        "service_token_url": NOWHERE,
        "service_client_id": "a-client",
        "service_client_secret": "a-secret",
        "field_encryption_key": KEY,
        "blind_index_key": KEY,
        "document_store_url": Path(tempfile.gettempdir()).as_uri(),  # asked for by no page
        "register_signing_key": new_key(),
        "pages_kept_seconds": 0,
    }
    return build_api(Settings.model_validate(told), clock or FixedClock(NOW))


@contextmanager
def served(database_url: str) -> Iterator[str]:
    """Serve it for the length of the block; gives the address."""
    port = free_port()
    app = pages_app(database_url)
    settings = uvicorn.Config(app, host=HOST, port=port, log_config=None, lifespan="off")
    server = _Server(settings)
    thread = threading.Thread(target=asyncio.run, args=(_serve(server, app),))
    thread.start()
    try:
        assert server.listens.wait(START_SECONDS)
        yield f"http://{HOST}:{port}"
    finally:
        server.should_exit = True
        thread.join()


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = threading.Event()

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()


async def _serve(server: _Server, app: FastAPI) -> None:
    await server.serve()
    await app.state.parts.database.engine.dispose()
