"""The service itself on a free port, answered by a real uvicorn in a thread of its own."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from certification.app import build_api
from certification.settings import Settings
from local_system.ports import HOST, free_port
from pages.california import NOW
from shared.testing.clocks import FixedClock

NOWHERE = "http://127.0.0.1:9"


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
    }
    return build_api(Settings.model_validate(told), clock or FixedClock(NOW))


@contextmanager
def served(database_url: str) -> Iterator[str]:
    """Serve it for the length of the block; gives the address."""
    port = free_port()
    app = pages_app(database_url)
    settings = uvicorn.Config(app, host=HOST, port=port, log_config=None, lifespan="off")
    server = uvicorn.Server(settings)
    ready = threading.Event()

    async def serve() -> None:
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        ready.set()
        await serving
        await app.state.kernel.database.engine.dispose()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(30)
        yield f"http://{HOST}:{port}"
    finally:
        server.should_exit = True
        thread.join(30)
