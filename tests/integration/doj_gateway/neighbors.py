"""Stand-ins for the services that the gateway asks, and a way to DOJ that fails when told."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

PERSON = {
    "given_name": "Avery",
    "middle_name": None,
    "family_name": "Example",
    "birth_date": "1980-02-29",
    "ssn": "123-45-6789",
    "cii_number": "12345678",
    "cdcr_number": None,
}
CASE = {
    "case_number": "22FE001234",
    "sentenced_on": "2022-05-02",
    "county_of_conviction": "Sacramento",
    "county_of_residence": "Yolo",
    "supervision_type": "formal-probation",
    "agency": "sacramento-probation",
    "agency_name": "Sacramento County Probation",
    "officer_id": "00000000-0000-0000-0000-000000000003",
    "officer_name": "R. Officer",
}
RESULT = {
    "instrument": "sra-fv",
    "instrument_version": "1",
    "total": 2.5,
    "level": "moderate",
    "domains": {"self-management": 1},
    "reason": "initial",
    "assessed_on": "2026-11-16",
    "scorer_id": "00000000-0000-0000-0000-000000000004",
    "program_id": "00000000-0000-0000-0000-000000000005",
}


@dataclass
class Neighbors:
    """Supervision, scoring and the token issuer on one address; answers are set by the test."""

    person: dict[str, Any] = field(default_factory=lambda: dict(PERSON))
    identified: list[UUID] = field(default_factory=list)
    outcome: str = "matched"
    is_away: bool = False
    refuses_with: int | None = None
    asked: list[str] = field(default_factory=list)
    errands: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        """The routes that the gateway calls."""
        return Starlette(
            routes=[
                Route("/token", self._token, methods=["POST"]),
                Route("/v1/cases/{id}/form-identity", self._form_identity),
                Route("/v1/assessments/{id}/form-result", self._form_result),
                Route("/v1/person-identifications", self._identify, methods=["POST"]),
            ]
        )

    async def _token(self, _: Request) -> Response:
        return JSONResponse({"access_token": "service-token", "expires_in": 3600})

    async def _form_identity(self, request: Request) -> Response:
        return self._answer(request, self.person | CASE)

    async def _form_result(self, request: Request) -> Response:
        return self._answer(request, RESULT)

    async def _identify(self, request: Request) -> Response:
        """Nobody identified is nobody known; of another outcome the cases are near ones."""
        cases = [{"case_id": str(each), "person_id": str(each)} for each in self.identified]
        is_matched = self.outcome == "matched"
        told = {
            "outcome": self.outcome if self.identified else "unknown",
            "cases": cases if is_matched else [],
            "near_cases": [] if is_matched else cases,
        }
        return self._answer(request, told)

    def _answer(self, request: Request, body: dict[str, Any]) -> Response:
        self.asked.append(request.url.path)
        self.errands.append(request.headers["x-correlation-id"])
        if self.is_away or request.headers["authorization"] != "Bearer service-token":
            return Response(status_code=503)
        if self.refuses_with is not None:
            return JSONResponse({"detail": "refused"}, self.refuses_with)
        return JSONResponse(body)


def doj_says(status: int, **body: object) -> httpx.Response:
    """An answer of DOJ's own, by its codes."""
    return httpx.Response(status, json=body)


def a_page(status: int) -> httpx.Response:
    """What a proxy shows in DOJ's place."""
    return httpx.Response(status, html="<h1>Sign in</h1>")


class FailingWay(httpx.AsyncHTTPTransport):
    """The way to DOJ: armed, it fails once, after or before DOJ got the request.

    `instead` holds, by method, what is answered to the next requests in DOJ's place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lose_answer_with: BaseException | None = None
        self.fail_first_with: BaseException | None = None
        self.instead: dict[str, list[httpx.Response]] = {}
        self.puts = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request, or fail as armed."""
        is_put = request.method == "PUT"
        self.puts += is_put
        if self.instead.get(request.method):
            return self.instead[request.method].pop(0)
        if is_put and self.fail_first_with is not None:
            fault, self.fail_first_with = self.fail_first_with, None
            raise fault
        answer = await super().handle_async_request(request)
        if is_put and self.lose_answer_with is not None:
            await answer.aread()
            fault, self.lose_answer_with = self.lose_answer_with, None
            raise fault
        return answer
