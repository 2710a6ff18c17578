"""Builds the application of every service: shared middleware and the service's own routes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI
from fastapi_offline import FastAPIOffline

from shared.http.api_pages import describe_problems
from shared.http.correlation import CorrelationMiddleware
from shared.http.examples import describe_examples
from shared.http.header_limits import HeaderLimitMiddleware
from shared.http.limits import BodyLimitMiddleware, LargerBody
from shared.http.methods import HeadMiddleware
from shared.http.parts import RouteParts
from shared.http.problems import install_problem_handlers
from shared.http.relative_locations import RelativeLocationMiddleware
from shared.http.request_metrics import RequestMetricsMiddleware
from shared.http.routes import TransactionalRoute, UnguardedRouteError
from shared.messaging.api.catalog_routes import catalog_routes
from shared.process.health import bare_health_routes

AROUND_EVERY_REQUEST = (
    RelativeLocationMiddleware,
    HeadMiddleware,
    HeaderLimitMiddleware,
    RequestMetricsMiddleware,
    CorrelationMiddleware,
)
"""The middleware around every route, innermost first."""


@dataclass(frozen=True)
class Description:
    """The title and description of the service on its API pages."""

    title: str
    summary: str
    version: str = "0.1.0"


def create_app(
    description: Description,
    *,
    parts: RouteParts,
    routers: Sequence[APIRouter],
    body_limit_bytes: int,
    streamed: re.Pattern[str] | None = None,
    larger_bodies: Sequence[LargerBody] = (),
) -> FastAPI:
    """Build the application; raises UnguardedRouteError for a route without roles.

    `larger_bodies` are routes with a larger body limit; `streamed` are the paths whose routes read
    their bodies as a stream, under their own limit.
    """
    app: FastAPI = FastAPIOffline(
        title=description.title,
        summary=description.summary,
        version=description.version,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.parts = parts
    for router in routers:
        _check_closed(router)
        app.include_router(router)
    app.router.routes.extend(bare_health_routes(parts.checks))
    app.router.routes.extend(catalog_routes(parts.database.service))
    describe_examples(app, routers)
    describe_problems(app)
    install_problem_handlers(app)
    app.add_middleware(
        BodyLimitMiddleware,
        limit_bytes=body_limit_bytes,
        larger=larger_bodies,
        streamed=streamed,
    )
    for around in AROUND_EVERY_REQUEST:
        app.add_middleware(around)
    return app


def _check_closed(router: APIRouter) -> None:
    for route in router.routes:
        if not isinstance(route, TransactionalRoute):
            raise UnguardedRouteError(f"{route} has no roles and is not declared public")
