"""Health checks with reasons."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Check = Callable[[], Awaitable[str | None]]
"""A check: returns None if all is well, otherwise the reason as text."""

CHECK_SECONDS = 3.0


async def ask(checks: Mapping[str, Check]) -> dict[str, str | None]:
    """Run every check at the same time; a check that times out counts as failed."""
    answers = await asyncio.gather(*(_bounded(check) for check in checks.values()))
    return dict(zip(checks, answers, strict=True))


async def _bounded(check: Check) -> str | None:
    try:
        return await asyncio.wait_for(check(), CHECK_SECONDS)
    except TimeoutError:
        return f"no answer within {CHECK_SECONDS:g} seconds"
    except Exception as error:  # noqa: BLE001 - whatever a check raises is the reason it fails
        return f"{type(error).__name__}: {error}"


def bare_health_routes(checks: Mapping[str, Check]) -> list[Route]:
    """Public health routes: whether the process works, without reasons."""

    async def ready(_: Request) -> Response:
        return _readiness(await ask(checks))

    return [Route("/health/live", _live), Route("/health/ready", ready)]


def operations_routes(checks: Mapping[str, Check]) -> list[Route]:
    """Routes for operators: liveness, readiness with reasons, and metrics."""

    async def ready(_: Request) -> Response:
        answers = await ask(checks)
        body: dict[str, Any] = {
            "checks": [
                {"name": name, "ok": reason is None, "reason": reason}
                for name, reason in answers.items()
            ],
        }
        return _readiness(answers, body)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/health/live", _live),
        Route("/health/ready", ready),
        Route("/metrics", metrics),
    ]


async def _live(_: Request) -> Response:
    return JSONResponse({"status": "live"})


def _readiness(
    answers: Mapping[str, str | None], more: Mapping[str, Any] | None = None
) -> Response:
    is_ready = not any(answers.values())
    status = "ready" if is_ready else "not ready"
    return JSONResponse({"status": status, **(more or {})}, status_code=200 if is_ready else 503)
