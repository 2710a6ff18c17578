"""Requests that succeed, with what has to be there before them: at least two per service."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from contract.http.asking import Api
from contract.http.operations import OPERATIONS, Operation
from integration.scoring.scene import AGENCY, SRA_FV_ITEMS, Scene
from integration.supervision.world import person
from shared.security.principals import Role

Json = dict[str, Any]
BY_NAME = {str(operation): operation for operation in OPERATIONS}
CASE_ID = uuid4()
NUMBERS = count(1)


async def nothing(_: Api) -> None:
    """Nothing has to be there before."""


async def an_office(api: Api) -> None:
    """An agency has both people as its officers."""
    operator = api.holding(Role.OPERATOR)
    things = {
        f"/v1/agencies/{AGENCY}": agency(),
        f"/v1/officers/{api.person}": officer(),
        f"/v1/officers/{api.colleague}": officer(),
    }
    for url, body in things.items():
        answer = await api.client.put(url, json=body, headers=operator)
        assert answer.is_success, answer.text


async def a_case(api: Api) -> None:
    """A case has a provider who may score it."""
    database = api.app.state.parts.database
    scene = Scene(api.client, database, api.issuer, case_id=CASE_ID, provider_id=api.person)
    await scene.everything()


def application() -> Json:
    """A provider applies, once more where it has before."""
    again = {"another": True, "another_reason": "the same account applies in many tests"}
    return {"kind": "provider", "name": f"Avery {uuid4()}", "level": "independent", **again}


def scorer_credential() -> Json:
    """The Board records who may score."""
    return {"scorer_id": str(uuid4()), "instrument": "sra-fv", "reference": "SARATSO 17", **_span()}


def examiner_standing() -> Json:
    """The Board records an examiner."""
    grounds = {"qualification": "basic course", "training_hours": 40}
    return {"name": f"Emery {uuid4()}", **grounds, **_span()}


def agency() -> Json:
    """An agency's reference data."""
    units = [{"code": "adult", "name": "Adult"}]
    return {"name": f"Agency {uuid4()}", "kind": "probation", "county": "Yolo", "units": units}


def officer() -> Json:
    """An officer's post."""
    return {"name": f"Olga {uuid4()}", "agency": AGENCY, "unit": "adult"}


def assessment() -> Json:
    """A scoring, on a day of its own."""
    return {
        "case_id": str(CASE_ID),
        "instrument": "sra-fv",
        "assessed_on": (date(2026, 1, 1) + timedelta(days=next(NUMBERS))).isoformat(),
        "reason": "initial",
        "items": SRA_FV_ITEMS,
        "level": "moderate",
    }


def notice() -> Json:
    """DOJ tells of an automatic result."""
    return {
        "notice_id": str(uuid4()),
        "instrument": "ls-cmi",
        "assessed_on": "2026-11-20",
        "seen_at": "2026-11-20T18:00:00Z",
        "person": {"cii_number": "12345", "birth_date": "1980-02-29", "family_name": "Registrant"},
    }


def deadline_preview() -> Json:
    """Somebody asks when it would be due."""
    return {
        "edition": "standards-2012",
        "rule": "dynamic-score-to-doj",
        "facts": {"receipt": "2026-11-20"},
        "evidence": {"receipt": str(uuid4())},
    }


def _span() -> Json:
    return {"effective_from": "2026-01-01", "effective_until": "2028-01-01"}


@dataclass(frozen=True)
class Repeatable:
    """A request that succeeds; every call of `body` makes another one that does."""

    name: str
    role: Role
    body: Callable[[], Json]
    prepare: Callable[[Api], Awaitable[None]] = nothing

    def __str__(self) -> str:
        """Its name in a test's id."""
        return self.name

    @property
    def operation(self) -> Operation:
        """What is asked."""
        return BY_NAME[self.name]

    def signed(self, api: Api, sub: UUID | None = None) -> dict[str, str]:
        """The headers of whom it succeeds for, whatever version they have seen."""
        return api.holding(self.role, sub=sub) | {"If-Match": "*"}


REPEATABLE = [
    Repeatable("certification-submit_application", Role.APPLICANT, application),
    Repeatable("certification-record_scorer_credential", Role.BOARD_MANAGER, scorer_credential),
    Repeatable("certification-record_examiner_standing", Role.BOARD_MANAGER, examiner_standing),
    Repeatable("supervision-record_agency", Role.OPERATOR, agency),
    Repeatable("supervision-record_officer", Role.OPERATOR, officer, an_office),
    Repeatable("supervision-record_person", Role.OFFICER, person, an_office),
    Repeatable("scoring-draft_assessment", Role.PROVIDER, assessment, a_case),
    Repeatable("doj-gateway-receive_notice", Role.DOJ, notice),
]
