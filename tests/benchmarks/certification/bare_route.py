"""What anything here stands beside: a bare FastAPI route that reads one row by primary key.

No middleware, no transaction of ours, no law, no words: the least that FastAPI and asyncpg cost.

    BARE_DATABASE_URL=… BARE_PORT=… python -m benchmarks.certification.bare_route
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import uvicorn
from fastapi import FastAPI

CONNECTIONS = 8
READ = "SELECT * FROM programs WHERE id = $1"


def bare_app(database_url: str) -> FastAPI:
    """Build it."""

    @asynccontextmanager
    async def pool(app: FastAPI) -> AsyncIterator[None]:
        async with asyncpg.create_pool(database_url, min_size=1, max_size=CONNECTIONS) as made:
            app.state.pool = made
            yield

    app = FastAPI(lifespan=pool)

    @app.get("/rows/{row_id}")
    async def read_row(row_id: UUID) -> dict[str, Any]:
        return dict(await app.state.pool.fetchrow(READ, row_id))

    return app


if __name__ == "__main__":
    uvicorn.run(
        bare_app(os.environ["BARE_DATABASE_URL"]),
        port=int(os.environ["BARE_PORT"]),
        log_config=None,
        access_log=False,
        server_header=False,
    )
