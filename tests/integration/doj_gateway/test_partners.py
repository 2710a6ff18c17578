"""Every answer of a partner becomes one typed outcome; nothing of its text is kept."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
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
from doj_gateway.partners.scoring import ScoringClient
from doj_gateway.partners.service_calls import ServiceCalls, ServiceRefusedError
from shared.errors import UnavailableError
from shared.process.settings import ServiceIdentitySettings
from shared.security.service_identity import ServiceIdentity
from shared.testing.clocks import FixedClock

AT = datetime(2026, 11, 20, 18, tzinfo=UTC)
HASH = "0f" * 32
RECEIPT = {
    "reference": "CASOMB-1",
    "receipt_number": "DOJ-1",
    "accepted_at": AT.isoformat(),
    "content_hash": HASH,
}
REJECTED = Rejected("a-code")
ACKNOWLEDGED = RECEIPT | {"status": "acknowledged", "acknowledged_at": AT.isoformat()}
Answer = Callable[[httpx.Request], httpx.Response]


REFUSAL = {"reason_code": "a-code"}
UNREAD = Unknown("answer-not-read", is_promised=False)
OF_ANOTHER = Unknown("receipt-of-another-reference", is_promised=False)


def answers(status: int, body: object = None, **headers: str) -> Answer:
    """A partner that always answers so."""
    return lambda _: httpx.Response(status, json=body, headers=headers)


def shows(status: int) -> Answer:
    """Something between us and DOJ that always shows a page of its own."""
    return lambda _: httpx.Response(status, html="<h1>Sign in</h1>")


def strange(status: int) -> Unknown:
    """What DOJ never promised says nothing."""
    return Unknown(f"status-{status}", is_promised=False)


def fails(error: type[httpx.TransportError]) -> Answer:
    """A way that always fails so."""

    def fail(_: httpx.Request) -> httpx.Response:
        raise error("to Avery Example")

    return fail


def intake(answer: Answer) -> DojIntake:
    return DojIntake(connect("http://doj", transport=httpx.MockTransport(answer)), FixedClock(AT))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (answers(201, RECEIPT), Accepted(AT, "DOJ-1", HASH)),
        (answers(200, RECEIPT), Accepted(AT, "DOJ-1", HASH)),
        (answers(200, RECEIPT | {"accepted_at": 1763661600}), UNREAD),
        (answers(200, RECEIPT | {"accepted_at": "2026-11-20T18:00:00"}), UNREAD),
        (answers(200, RECEIPT | {"reference": "CASOMB-2"}), OF_ANOTHER),
        (answers(200, {"receipt_number": "DOJ-1", "accepted_at": AT.isoformat()}), UNREAD),
        (answers(422, REFUSAL), Rejected("a-code")),
        (answers(400, REFUSAL), Rejected("a-code")),
        (answers(409, {"reason_code": "duplicate-form"}), Unknown("reference-taken")),
        (answers(401), NotThere("status-401", is_promised=False)),
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
    ("told", "read"),
    [
        ("0F" * 32, HASH),
        (f" {HASH}\n", HASH),
        (f"sha256:{HASH}", None),
        ("", None),
        ("0f" * 31, None),
        ({"sha256": HASH}, None),
    ],
)
async def test_a_hash_is_read_in_either_case_and_in_another_form_proves_nothing(
    told: object, read: str | None
) -> None:
    doj = intake(answers(200, ACKNOWLEDGED | {"content_hash": told}))

    sending, asking = await doj.submit("CASOMB-1", b"{}"), await doj.status("CASOMB-1")

    assert sending == Accepted(AT, "DOJ-1", read)
    assert asking == Acknowledged(AT, "DOJ-1", AT, read)


@pytest.mark.parametrize("status", [302, 400, 404, 405, 407, 409, 413, 421, 422, 451])
async def test_a_page_in_doj_s_place_neither_accepts_nor_refuses_a_form(status: int) -> None:
    assert await intake(shows(status)).submit("CASOMB-1", b"{}") == strange(status)


@pytest.mark.parametrize(
    "reason",
    ["Avery Example", "", "a--code", "a-code\n", "example-born-1980-02-29", "ssn-123456789"],
)
async def test_a_refusal_whose_reason_is_no_code_is_not_doj_s(reason: str) -> None:
    sending = intake(answers(422, {"reason_code": reason}))
    told = {"reference": "CASOMB-1", "status": "rejected", "reason_code": reason}
    asking = intake(answers(200, told))

    assert await sending.submit("CASOMB-1", b"{}") == strange(422)
    assert await asking.status("CASOMB-1") == UNREAD


async def test_a_code_may_have_a_number() -> None:
    answer = answers(422, {"reason_code": "field-e4021-invalid"})

    assert await intake(answer).submit("CASOMB-1", b"{}") == Rejected("field-e4021-invalid")


LONG = RECEIPT | {"status": "accepted", "note": " " * 1_000_000}


@pytest.mark.parametrize(
    "answer",
    [
        answers(200, LONG),
        lambda _: httpx.Response(
            200,
            stream=httpx.ByteStream(gzip.compress(json.dumps(LONG).encode())),
            headers={"Content-Encoding": "gzip"},
        ),
    ],
)
async def test_an_answer_that_is_too_long_packed_or_not_is_none(answer: Answer) -> None:
    doj = intake(answer)

    assert (await doj.submit("CASOMB-1", b"{}"), await doj.status("CASOMB-1")) == (UNREAD, UNREAD)


async def test_a_page_instead_of_a_receipt_is_none() -> None:
    assert await intake(shows(200)).submit("CASOMB-1", b"{}") == UNREAD


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (answers(200, RECEIPT | {"status": "accepted"}), Accepted(AT, "DOJ-1", HASH)),
        (answers(200, ACKNOWLEDGED), Acknowledged(AT, "DOJ-1", AT, HASH)),
        (answers(200, {"reference": "CASOMB-1", "status": "rejected"} | REFUSAL), REJECTED),
        (answers(200, {"reference": "CASOMB-1", "status": "rejected"}), UNREAD),
        (answers(200, {"reference": "CASOMB-1", "status": "accepted"}), UNREAD),
        (answers(200, RECEIPT | {"status": "unheard-of"}), UNREAD),
        (answers(200, RECEIPT | {"status": "acknowledged"}), UNREAD),
        (answers(200, ACKNOWLEDGED | {"reference": "CASOMB-2"}), OF_ANOTHER),
        (answers(200, "nothing of the kind"), UNREAD),
        (answers(404, {"reason_code": "reference-unknown"}), NotThere("not-known-to-doj")),
        (answers(404), strange(404)),
        (answers(401), strange(401)),
        (shows(302), strange(302)),
        (answers(500), Unknown("status-500")),
        (fails(httpx.ConnectError), Unknown("connect-error")),
    ],
)
async def test_what_comes_of_asking(answer: Answer, outcome: Outcome) -> None:
    assert await intake(answer).status("CASOMB-1") == outcome


@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("3600", timedelta(hours=1)),
        ("Fri, 20 Nov 2026 18:10:00 GMT", timedelta(minutes=10)),
        ("Fri, 20 Nov 2026 17:00:00 GMT", timedelta()),
        ("9" * 20, timedelta.max),
        ("9" * 5000, timedelta.max),
        ("Fri, 20 Nov 99999999999999999999 18:10:00 GMT", None),
        ("Fri, 20 Nov 2026 18:10:00 +99999999999999", None),
        ("soon", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("5, 10", None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_how_long_doj_asks_to_be_left_alone_is_heard(
    status: int, told: str, wait: timedelta | None
) -> None:
    doj = intake(answers(status, **{"Retry-After": told}))

    sending, asking = await doj.submit("CASOMB-1", b"{}"), await doj.status("CASOMB-1")

    assert sending == NotThere(f"status-{status}", retry_after=wait)
    assert asking == Unknown(f"status-{status}", retry_after=wait)


async def test_an_acknowledgment_that_doj_took_has_doj_s_time() -> None:
    doj = intake(answers(200, {"acknowledged_at": AT.isoformat()}))

    assert await doj.acknowledge("notice-1") == AT


@pytest.mark.parametrize(
    "answer",
    [
        answers(404),
        answers(200, {}),
        answers(200, {"acknowledged_at": "2200-01-01T00:00:00Z"}),
        answers(200, {"acknowledged_at": "1970-01-01T00:00:00Z"}),
        fails(httpx.ReadTimeout),
    ],
)
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
    scoring = ScoringClient(ServiceCalls(client, identity, "scoring"))

    with pytest.raises(UnavailableError, match=why) as refusal:
        await scoring.form_result(UUID(int=1), UUID(int=2))

    assert "Avery" not in str(refusal.value)


@pytest.mark.parametrize("status", [400, 413, 422])
async def test_what_a_service_will_never_answer_is_told_apart(
    status: int, identity: ServiceIdentity
) -> None:
    client = connect("http://scoring", transport=httpx.MockTransport(answers(status)))
    scoring = ScoringClient(ServiceCalls(client, identity, "scoring"))

    with pytest.raises(ServiceRefusedError) as refusal:
        await scoring.form_result(UUID(int=1), UUID(int=2))

    assert refusal.value.is_for_good


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
