"""Route classes that refuse to be created without roles, unless they are public.

The route opens the transaction, so that its changes, its events and the answer stored for the
Idempotency-Key commit together, before a byte of the answer is sent.
"""

from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Annotated, Any, ClassVar

from fastapi import APIRouter, Depends, Request, Response
from fastapi.dependencies.models import Dependant  # codespell:ignore dependant - FastAPI's
from fastapi.params import Depends as DependsParameter
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from shared.database.database import Database
from shared.database.transaction import Cause, Transaction
from shared.errors import NotAllowedError
from shared.http.api_pages import PROBLEM_RESPONSES, route_extras, summary_of, versioned
from shared.http.correlation import correlation_id, traceparent
from shared.http.etags import read_if_match, require_if_match
from shared.http.fault_places import FaultPlaces
from shared.http.idempotency import answered_once
from shared.http.parts import RouteParts, parts_of
from shared.http.readable import Readable
from shared.security.personal_fields import PersonalFields
from shared.security.principals import Actor, Role
from shared.security.tokens import Authenticator
from shared.visibility.known_cases import KnownCases

PUBLIC = Actor(subject="public", roles=frozenset())
_BEARER = HTTPBearer(auto_error=False, description="An access token of the identity provider.")

RouteHandler = Callable[[Request], Coroutine[Any, Any, Response]]


class UnguardedRouteError(Exception):
    """A route has no roles and is not public."""


class RolesAllowed:
    """The roles that may call a route; if services are given, only those of our services."""

    def __init__(self, roles: frozenset[Role], services: frozenset[str] = frozenset()) -> None:
        self.roles = roles
        self.services = services

    async def __call__(self) -> None:
        """Does nothing at request time: the route checks roles before it reads anything."""


def allow(*roles: Role) -> Any:  # noqa: ANN401 - FastAPI types its own Depends so
    """Declare the roles that may call a route: `dependencies=[allow(Role.OFFICER)]`."""
    return Depends(RolesAllowed(frozenset(roles)))


def allow_service(service: str) -> Any:  # noqa: ANN401 - as above
    """Declare the one service that may call a route, identified by its token's client."""
    return Depends(RolesAllowed(frozenset({Role.SERVICE}), frozenset({service})))


class TransactionalRoute(APIRoute):
    """A route whose handler runs in one transaction, committed before the answer is sent."""

    keeps_answers: ClassVar[bool] = True
    """Whether a repeated Idempotency-Key is answered from the store."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 - passed on to FastAPI as they come
        super().__init__(path, endpoint, **options)
        self.fault_places = FaultPlaces(self)
        if self.operation_id:
            self.summary = self.summary or summary_of(self.operation_id)

    def get_route_handler(self) -> RouteHandler:
        """Wrap the handler: authenticate, begin, answer a repetition from the store, commit."""
        handler = super().get_route_handler()
        readable = Readable(self)

        async def handle(request: Request) -> Response:
            parts = parts_of(request, RouteParts)
            cause = Cause(
                actor=await self.admit(request, parts.authenticator),
                correlation_id=correlation_id(request),
                traceparent=traceparent(request),
            )
            await readable.refuse_others(request)
            async with self.begin(parts.database, cause) as tx:
                request.state.transaction = tx
                if self.keeps_answers:
                    return await answered_once(
                        tx, request, handler, parts.personal_fields, parts.recorded_rights
                    )
                return await handler(request)

        return handle

    def begin(self, database: Database, cause: Cause) -> AbstractAsyncContextManager[Transaction]:
        """Begin the transaction in which the handler runs."""
        return database.transaction(cause)

    async def admit(self, request: Request, authenticator: Authenticator) -> Actor:
        """Identify the caller, or refuse."""
        raise UnguardedRouteError(f"{request.url.path}: nothing admits {authenticator}")


class GuardedRoute(TransactionalRoute):
    """Serves only callers with one of its roles."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 - passed on to FastAPI as they come
        super().__init__(path, endpoint, **options)
        self.roles = roles_of(self.dependencies)
        self.services = services_of(self.dependencies)
        if not self.roles:
            raise UnguardedRouteError(f"{path} names no roles")
        extras = route_extras(
            self.methods or () if self.keeps_answers else (), self.roles, self.services
        )
        takes = set(_calls(self.dependant))  # codespell:ignore dependant - FastAPI's
        if read_if_match in takes:
            said = versioned(self.status_code or 200, is_required=require_if_match in takes)
            extras["parameters"] = [*extras.get("parameters", ()), *said["parameters"]]
            extras["responses"] = said["responses"]
        self.openapi_extra = {**(self.openapi_extra or {}), **extras}

    async def admit(self, request: Request, authenticator: Authenticator) -> Actor:
        """Check the token; raises TokenRefusedError or NotAllowedError."""
        actor = await authenticator.actor(request.headers.get("authorization"))
        if not actor.has(*self.roles):
            needed = ", ".join(sorted(self.roles))
            raise NotAllowedError(
                f"this operation requires one of these roles: {needed}", code="role-missing"
            )
        if self.services and actor.service not in self.services:
            raise NotAllowedError(
                f"this operation is only for {', '.join(sorted(self.services))}, and your "
                "token is of another client (CASOMB_SERVICE_CLIENTS maps clients to services)",
                code="client-not-allowed",
            )
        return actor


class StreamedRoute(GuardedRoute):
    """Reads its body as a stream, so it stores no answer for a key; repeating a PUT is safe."""

    keeps_answers = False


class AskingRoute(GuardedRoute):
    """A POST that changes nothing; a repeated request is simply evaluated again."""

    keeps_answers = False


class PublicRoute(TransactionalRoute):
    """Serves anybody, and stores no answers: public callers cannot be told apart."""

    keeps_answers = False

    def begin(self, database: Database, cause: Cause) -> AbstractAsyncContextManager[Transaction]:
        """Begin nothing: public routes only read."""
        return database.reading(cause)

    async def admit(self, request: Request, authenticator: Authenticator) -> Actor:  # noqa: ARG002 - the same question, another answer
        """Every caller is treated as the public."""
        return PUBLIC


def _calls(dependant: Dependant) -> Iterator[object]:  # codespell:ignore dependant - FastAPI's
    """Everything a route depends on, at any depth."""
    for each in dependant.dependencies:  # codespell:ignore dependant - FastAPI's
        yield each.call
        yield from _calls(each)


def roles_of(dependencies: Sequence[DependsParameter]) -> frozenset[Role]:
    """The roles that a route declares."""
    return frozenset(role for mark in _marks(dependencies) for role in mark.roles)


def services_of(dependencies: Sequence[DependsParameter]) -> frozenset[str]:
    """The services that a route declares; empty if any client with the role may call."""
    return frozenset(service for mark in _marks(dependencies) for service in mark.services)


def _marks(dependencies: Sequence[DependsParameter]) -> Iterator[RolesAllowed]:
    marks = (each.dependency for each in dependencies)
    return (mark for mark in marks if isinstance(mark, RolesAllowed))


def guarded_router(prefix: str, *, tags: Sequence[str]) -> APIRouter:
    """A router for routes with roles."""
    return APIRouter(
        prefix=prefix,
        tags=list(tags),
        route_class=GuardedRoute,
        dependencies=[Depends(_BEARER)],
        responses=PROBLEM_RESPONSES,
    )


def public_router(prefix: str, *, tags: Sequence[str]) -> APIRouter:
    """A router for routes that anybody may call."""
    return APIRouter(
        prefix=prefix, tags=list(tags), route_class=PublicRoute, responses=PROBLEM_RESPONSES
    )


async def _transaction(request: Request) -> Transaction:
    found: Transaction = request.state.transaction
    return found


async def _actor(request: Request) -> Actor:
    return (await _transaction(request)).actor


async def _cases(request: Request) -> KnownCases:
    return parts_of(request, RouteParts).cases


async def _personal_fields(request: Request) -> PersonalFields:
    return parts_of(request, RouteParts).personal_fields


CurrentTransaction = Annotated[Transaction, Depends(_transaction)]
CurrentPrincipal = Annotated[Actor, Depends(_actor)]
CurrentCases = Annotated[KnownCases, Depends(_cases)]
CurrentPersonalFields = Annotated[PersonalFields, Depends(_personal_fields)]
