"""Builds the simulator: the intake, the notices, and the task that pushes them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI, HTTPException, Request
from fastapi_offline import FastAPIOffline
from starlette.types import Lifespan

from doj_simulator.intake import intake
from doj_simulator.notices import notices
from doj_simulator.pusher import NoticePusher
from doj_simulator.settings import SimulatorSettings
from doj_simulator.simulation import simulation
from doj_simulator.state import State

ASSUMPTIONS = """
A Department of Justice to test against. DOJ publishes no interface for risk scores; this document
states what the gateway assumes, so that a true interface can be compared with it line by line.

1. A sender chooses a stable **reference** for each assessment, version and round. The same bytes
   under it again get the same receipt; other bytes under it are refused (409) and change nothing.
   Each answer names the reference it is for, and the hash of the bytes that DOJ holds.
2. **Acceptance** is immediate and has DOJ's own time and a receipt number: it meets the duty to
   send. A form that breaks the rules is rejected with a reason code (422), which the status repeats
   for a sender that lost the answer.
3. **Acknowledgment** comes later (here after a configured time) and is read by asking for the
   status; it has DOJ's own time. Asking is free and changes nothing. DOJ may still reject what it
   accepted or acknowledged: the status then says `rejected`, with a reason code.
4. A reference that DOJ does not know is 404 with a reason code: the sender may send the same bytes
   again. Every refusal of DOJ's is JSON with a reason code; an answer of any other form is not
   DOJ's. A busy DOJ answers 429 or 503, and may say with `Retry-After` when to come back.
5. A result entered in SARATSO's **online tool** (LS/CMI) reaches DOJ by itself. DOJ tells the
   gateway by a **notice** (`POST /v1/notices` there, with a token of role `doj`): the instrument,
   the day of the assessment, when DOJ saw it, and the person by CII number, birth date and family
   name. It repeats the notice until it is taken, and now and then until it is acknowledged. Notices
   can be listed, and asked for one by one with the person, by a gateway that lost what it knew.
6. Callers are known by a key (`X-Intake-Key`) over TLS; DOJ's true way is not known.
7. The **form** is version 1 of the SARATSO Score Submission Form as far as its fields are known.

What stands under `/simulation` DOJ does not have: it plays the online tool and counts deliveries.
"""


def build_app(settings: SimulatorSettings) -> FastAPI:
    """Build the application; its state file opens with it and closes with it."""

    @contextlib.asynccontextmanager
    async def open_state(app: FastAPI) -> AsyncIterator[None]:
        app.state.intake_key = settings.intake_key.get_secret_value()
        app.state.acknowledge_after_seconds = settings.acknowledge_after_seconds
        app.state.state = State(settings.state_file)
        app.state.pusher = NoticePusher(settings, app.state.state)
        app.state.pushing = asyncio.create_task(app.state.pusher.run(), name="notice pusher")
        try:
            yield
        finally:
            app.state.pushing.cancel()
            await asyncio.wait([app.state.pushing])
            app.state.state.close()

    return _routes(open_state)


def describe() -> dict[str, object]:
    """Return the OpenAPI document."""
    document: dict[str, object] = _routes().openapi()
    return document


def _routes(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    app: FastAPI = FastAPIOffline(
        title="DOJ simulator",
        summary="Takes risk scores by reference and tells of those that came by themselves.",
        description=ASSUMPTIONS,
        version="1.0.0",
        lifespan=lifespan,
    )
    for router in (intake, notices, simulation):
        app.include_router(router)
    app.get("/health/ready", operation_id="show_readiness", tags=["health"])(_ready)
    return app


async def _ready(request: Request) -> dict[str, str]:
    """Say whether it serves and pushes."""
    if request.app.state.pushing.done():
        raise HTTPException(503, "notices are not pushed any more")
    return {"status": "ready"}
