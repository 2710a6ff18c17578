"""Every answer of a partner becomes one typed outcome; nothing of its text is kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import httpx
import pytest

from doj_gateway.domain.outcomes import (
    Accepted,
    Acknowledged,
    NotThere,
    Outcome,
    Rejected,
    Unknown,
)
from doj_gateway.partners.connections import connect
from doj_gateway.partners.doj import DojIntake
from doj_gateway.partners.scoring import Scoring
from doj_gateway.partners.service_calls import ServiceCalls
from shared.errors import UnavailableError
from shared.operations.settings import ServiceIdentitySettings
from shared.security.service_identity import ServiceIdentity

AT = datetime(2026, 11, 20, 18, tzinfo=UTC)
RECEIPT = {"receipt_number": "DOJ-1", "accepted_at": AT.isoformat()}
ACKNOWLEDGED = RECEIPT | {"status": "acknowledged", "acknowledged_at": AT.isoformat()}
Answer = Callable[[httpx.Request], httpx.Response]


def answers(status: int, body: object = None) -> Answer:
    """A partner that always answers so."""
    return lambda _: httpx.Response(status, json=body)


def fails(error: type[httpx.TransportError]) -> Answer:
    """A way that always fails so."""

    def fail(_: httpx.Request) -> httpx.Response:
        raise error("to Avery Example")

    return fail


def intake(answer: Answer) -> DojIntake:
    return DojIntake(connect("http://doj", transport=httpx.MockTransport(answer)))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (answers(201, RECEIPT), Accepted(AT, "DOJ-1")),
        (answers(200, RECEIPT), Accepted(AT, "DOJ-1")),
        (answers(200, {"thanks": True}), Unknown("answer-not-read")),
        (answers(422, {"reason_code": "reason-invalid"}), Rejected("reason-invalid")),
        (answers(422, {"reason_code": "Avery Example"}), Rejected("status-422")),
        (answers(409), Rejected("status-409")),
        (answers(401), NotThere("status-401")),
        (answers(503), NotThere("status-503")),
        (answers(500), Unknown("status-500")),
        (answers(504), Unknown("status-504")),
        (fails(httpx.ConnectError), NotThere("connect-error")),
        (fails(httpx.ConnectTimeout), NotThere("connect-timeout")),
        (fails(httpx.ReadTimeout), Unknown("read-timeout")),
        (fails(httpx.RemoteProtocolError), Unknown("remote-protocol-error")),
    ],
)
async def test_what_comes_of_sending(answer: Answer, outcome: Outcome) -> None:
    assert await intake(answer).submit("CASOMB-1", b"{}") == outcome


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (answers(200, RECEIPT | {"status": "accepted"}), Accepted(AT, "DOJ-1")),
        (answers(200, ACKNOWLEDGED), Acknowledged(AT, "DOJ-1", AT)),
        (answers(200, {"status": "rejected", "reason_code": "a-code"}), Rejected("a-code")),
        (answers(200, {"status": "accepted"}), Unknown("answer-not-read")),
        (answers(200, "nothing of the kind"), Unknown("answer-not-read")),
        (answers(404), NotThere("not-known-to-doj")),
        (answers(500), Unknown("status-500")),
        (fails(httpx.ConnectError), Unknown("connect-error")),
    ],
)
async def test_what_comes_of_asking(answer: Answer, outcome: Outcome) -> None:
    assert await intake(answer).status("CASOMB-1") == outcome


async def test_an_acknowledgment_that_doj_took_has_doj_s_time() -> None:
    doj = intake(answers(200, {"acknowledged_at": AT.isoformat()}))

    assert await doj.acknowledge("notice-1") == AT


@pytest.mark.parametrize("answer", [answers(404), answers(200, {}), fails(httpx.ReadTimeout)])
async def test_an_acknowledgment_that_doj_did_not_take_is_tried_again(answer: Answer) -> None:
    with pytest.raises(UnavailableError) as refusal:
        await intake(answer).acknowledge("notice-1")

    assert "Avery" not in str(refusal.value)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (answers(404), "status 404"),
        (answers(200, {"total": "Avery"}), "cannot read"),
        (fails(httpx.ReadTimeout), "ReadTimeout"),
    ],
)
async def test_a_service_that_gives_no_answer_to_use_is_unavailable(
    answer: Answer, why: str, identity: ServiceIdentity
) -> None:
    client = connect("http://scoring", transport=httpx.MockTransport(answer))
    scoring = Scoring(ServiceCalls(client, identity, "scoring"))

    with pytest.raises(UnavailableError, match=why) as refusal:
        await scoring.form_result(UUID(int=1), UUID(int=2))

    assert "Avery" not in str(refusal.value)


@pytest.fixture
def identity() -> ServiceIdentity:
    """An identity whose token is in hand already."""
    told = {
        "service_token_url": "http://issuer/token",
        "service_client_id": "doj-gateway",
        "service_client_secret": "a-secret",
    }
    made = ServiceIdentity(ServiceIdentitySettings.model_validate(told))
    made._token, made._renew_at = "a-token", float("inf")  # noqa: SLF001 - no issuer in this test
    return made
