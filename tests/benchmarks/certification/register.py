"""The register among 80,000 holders: an entry, 1,000 numbers at once, a county's signed list.

    PYTHONPATH=tests .venv/bin/python -m benchmarks.certification.register

Prints one JSON document. Asked over HTTP in this process, so that no socket is measured; beside
it a bare read by key of the same run.
"""

import asyncio
import json
import random
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from benchmarks.certification.register_holders import PROGRAMS, PROVIDERS, make_register
from benchmarks.duties.timing import spread
from benchmarks.events.servers import postgres_alone, say
from certification.app import build_api
from certification.settings import Settings
from local_system.databases import address
from local_system.elliptic_keys import new_key
from local_system.fresh_databases import migrate
from shared.law.counties import all_counties

NOWHERE = "http://127.0.0.1:9"
NUMBERS = 1_000
READ_BY_KEY = "SELECT * FROM certifications WHERE id = $1"


async def main() -> None:
    """Measure, and print."""
    async with postgres_alone() as postgres:
        url = await _new_database(postgres)
        bare = await asyncpg.connect(url, command_timeout=600)
        say(f"making a register of {PROVIDERS + PROGRAMS:,} holders")
        await make_register(bare)
        async with _asked(url) as client:
            figures = await measure(client, bare)
        await bare.close()
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


async def measure(client: httpx.AsyncClient, bare: asyncpg.Connection) -> dict[str, Any]:
    """Measure each question, and a bare read by key."""
    ids = [row["id"] for row in await bare.fetch("SELECT id FROM certifications LIMIT 1000")]
    return {
        "an entry": await spread(lambda _: _get(client, f"/v1/register/provider/{_number()}")),
        f"{NUMBERS} numbers": await spread(lambda _: _check(client), calls=100),
        "a signed entry": await spread(
            lambda _: _get(client, f"/v1/register/provider/{_number()}/extract")
        ),
        "a county's signed list": await spread(
            lambda n: _get(client, f"/v1/register/extracts?county={all_counties()[n % 58].fips}"),
            100,
        ),
        "read by key, bare": await spread(lambda n: bare.fetchrow(READ_BY_KEY, ids[n % 1000])),
    }


async def _check(client: httpx.AsyncClient) -> None:
    numbers = [_number() for _ in range(NUMBERS)]
    answer = await client.post("/v1/register/checks", json={"numbers": numbers})
    answer.raise_for_status()


async def _get(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    answer.raise_for_status()


def _number() -> str:
    return f"PRV-{random.randint(1, PROVIDERS):06d}"  # noqa: S311 - any will do


async def _new_database(postgres: str) -> str:
    name = f"bench_{secrets.token_hex(5)}"
    server = await asyncpg.connect(postgres)
    await server.execute(f'CREATE DATABASE "{name}"')
    await server.close()
    url = address(postgres, name)
    await asyncio.to_thread(migrate, "certification", url)
    return url


@asynccontextmanager
async def _asked(url: str) -> AsyncIterator[httpx.AsyncClient]:
    told = {
        "database_url": url,
        "kafka_bootstrap_servers": "127.0.0.1:9",
        "http_port": 1,
        "token_issuer": NOWHERE,
        "token_keys_url": NOWHERE,
        "service_token_url": NOWHERE,
        "service_client_id": "bench",
        "service_client_secret": "bench",
        "document_store_url": Path(tempfile.gettempdir()).as_uri(),
        "register_signing_key": new_key(),
    }
    app = build_api(Settings.model_validate(told))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://register") as client:
        yield client
    await app.state.kernel.database.engine.dispose()


if __name__ == "__main__":
    asyncio.run(main())
