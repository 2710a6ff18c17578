"""Builds the simulator: intake, notices, and the task that pushes notices to the gateway."""

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
A simulated Department of Justice for tests and local runs. DOJ publishes no interface for risk
scores. This document states what the gateway assumes about one, so that the real interface can be
compared with it point by point.

1. The sender chooses a stable **reference** for each assessment, version and round. Sending the
   same bytes under it again returns the same receipt. Other bytes under it are refused (409) and
   change nothing. Each answer contains its reference and the hash of the bytes that DOJ has.
2. **Acceptance** is immediate. It has DOJ's own time and a receipt number, and it meets the duty to
   send. A form that breaks the rules is rejected with a reason code (422). The status repeats the
   code, in case the sender lost the answer.
3. **Acknowledgment** comes later (here after a configured time) and has DOJ's own time. The sender
   learns of it by asking for the status, which is free and changes nothing. DOJ may still reject an
   accepted or acknowledged form; the status is then `rejected`, with a reason code.
4. A reference that DOJ does not know gives 404 with a reason code; the sender may then send the
   same bytes again. Every refusal by DOJ is JSON with a reason code; any other answer is not from
   DOJ. If DOJ is busy, it answers 429 or 503, possibly with `Retry-After`.
5. A result entered in SARATSO's **online tool** (LS/CMI) reaches DOJ directly. DOJ then sends a
   **notice** to the gateway (`POST /v1/notices`, with a token of role `doj`). It contains the
   instrument, the day of scoring, when DOJ saw the result, and the person's CII number, birth date
   and family name. DOJ repeats the notice often until the gateway receives it, and then less often
   until the gateway acknowledges it. A gateway that lost notices can list them and request each one
   with the person.
6. Callers authenticate with a key (`X-Intake-Key`) over TLS. How DOJ really authenticates callers
   is not known.
7. The **form** is version 1 of the SARATSO Score Submission Form, as far as its fields are known.

DOJ does not have the endpoints under `/simulation`. They simulate the online tool and count
deliveries.
"""


def build_app(settings: SimulatorSettings) -> FastAPI:
    """Build the application. It opens its state file at start and closes it at the end."""

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
        summary="Accepts risk scores by reference and sends notices of online tool results.",
        description=ASSUMPTIONS,
        version="1.0.0",
        lifespan=lifespan,
    )
    for router in (intake, notices, simulation):
        app.include_router(router)
    app.get("/health/ready", operation_id="show_readiness", tags=["health"])(_ready)
    return app


async def _ready(request: Request) -> dict[str, str]:
    """Report whether the simulator serves requests and pushes notices."""
    if request.app.state.pushing.done():
        raise HTTPException(503, "the task that pushes notices has ended")
    return {"status": "ready"}
