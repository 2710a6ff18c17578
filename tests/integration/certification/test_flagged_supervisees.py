"""Whoever works under a provider is flagged when that provider is certified no longer."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from certification.domain.certification_changes import Change
from certification.use_cases.announce_ends import announce_ends
from certification.use_cases.change_certification import ChangeCertification, change_certification
from integration.certification.board_office import ANOTHER, BoardOffice, Json
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.security.principals import Role, process_actor
from shared.testing.clocks import FixedClock


def _under(
    supervisor_id: str, *, supervisee_id: str | None = None, effective_from: str = "2026-11-20"
) -> dict[str, str]:
    """The agreement by which somebody works under a supervisor."""
    return {
        "supervisee_id": supervisee_id or str(new_id()),
        "supervisor_id": supervisor_id,
        "signed_on": "2026-11-20",
        "effective_from": effective_from,
    }


@pytest.fixture
async def supervisor(office: BoardOffice) -> Json:
    """A provider certified today, who supervises somebody from today on."""
    granted = await office.certified(office.provider_body())
    agreement = _under(granted["holder_id"])
    kept = await office.http.post(
        "/v1/supervision-agreements", json=agreement, headers=office.reviewer
    )
    agreed: Json = kept.json()
    return granted | agreed


async def _flags(office: BoardOffice, supervisor: Json) -> list[Json]:
    query = {"kind": "supervisor-lapsed", "subject_id": supervisor["supervisee_id"]}
    answer = await office.http.get("/v1/work-items", params=query, headers=office.reviewer)
    found: list[Json] = answer.json()["items"]
    return found


async def _change(office: BoardOffice, supervisor: Json, what: str, on: str = "2026-11-20") -> None:
    url = f"/v1/certifications/{supervisor['certification_id']}/{what}"
    manager = office.holding(Role.BOARD_MANAGER)
    body = {"reasons": ["why"], "effective_on": on}
    answer = await office.http.post(url, json=body, headers=manager)
    assert answer.status_code == 201, answer.text


async def _clerk_comes_by(office: BoardOffice) -> None:
    cause = Cause(process_actor("certification clerk"), new_id())
    async with office.database.transaction(cause) as tx:
        await announce_ends(tx)


async def test_a_suspension_flags_the_supervisee_until_the_reinstatement(
    office: BoardOffice, supervisor: Json
) -> None:
    await _change(office, supervisor, "suspensions")
    flagged = await _flags(office, supervisor)
    await _change(office, supervisor, "reinstatements")
    unflagged = await _flags(office, supervisor)

    assert [(each["because"], each["owner_role"]) for each in flagged] == [
        ("suspended", "board-reviewer")
    ]
    assert flagged[0]["evidence_id"] == supervisor["certification_id"]
    assert [each["resolution"] for each in unflagged] == ["reinstated"]


@pytest.mark.parametrize(
    ("what", "because"), [("revocations", "revoked"), ("surrenders", "surrendered")]
)
async def test_what_ends_a_certification_for_good_flags_the_supervisee_too(
    office: BoardOffice, supervisor: Json, what: str, because: str
) -> None:
    await _change(office, supervisor, what)

    assert [each["because"] for each in await _flags(office, supervisor)] == [because]


async def test_an_expiry_flags_the_supervisee_and_the_end_of_the_agreement_resolves_it(
    office: BoardOffice, clock: FixedClock, supervisor: Json
) -> None:
    clock.advance(timedelta(days=731))
    await _clerk_comes_by(office)
    flagged = await _flags(office, supervisor)

    url = f"/v1/supervision-agreements/{supervisor['agreement_id']}/endings"
    await office.http.post(url, headers=office.reviewer)

    resolved = await _flags(office, supervisor)
    assert [each["because"] for each in flagged] == ["expired"]
    assert [each["resolution"] for each in resolved] == ["agreement-ended"]


async def test_an_agreement_that_never_stood_flags_nobody(office: BoardOffice) -> None:
    supervisor = await office.certified(office.provider_body())
    agreement = _under(supervisor["holder_id"], effective_from="2027-11-20")
    kept = await office.http.post(
        "/v1/supervision-agreements", json=agreement, headers=office.reviewer
    )
    url = f"/v1/supervision-agreements/{kept.json()['agreement_id']}/endings"
    await office.http.post(url, json={"effective_on": "2027-11-20"}, headers=office.reviewer)

    await _change(office, supervisor, "suspensions")

    assert await _flags(office, supervisor | kept.json()) == []


async def test_one_supervisors_return_leaves_the_flag_of_another(
    office: BoardOffice, supervisor: Json
) -> None:
    other = await office.certified(office.provider_body(**ANOTHER))
    agreement = _under(other["holder_id"], supervisee_id=supervisor["supervisee_id"])
    await office.http.post("/v1/supervision-agreements", json=agreement, headers=office.reviewer)
    await _change(office, supervisor, "suspensions")
    await _change(office, other, "suspensions")

    await _change(office, other, "reinstatements")

    flags = {each["evidence_id"]: each["is_open"] for each in await _flags(office, supervisor)}
    assert flags == {supervisor["certification_id"]: True, other["certification_id"]: False}


async def test_a_reinstatement_of_a_later_day_leaves_the_flag_until_then(
    office: BoardOffice, clock: FixedClock, supervisor: Json
) -> None:
    await _change(office, supervisor, "suspensions")

    await _change(office, supervisor, "reinstatements", "2026-12-20")
    await _clerk_comes_by(office)
    before = await _flags(office, supervisor)
    clock.advance(timedelta(days=30))
    await _clerk_comes_by(office)

    after = await _flags(office, supervisor)
    assert [(each["is_open"], each["resolution"]) for each in (*before, *after)] == [
        (True, None),
        (False, "certified-again"),
    ]


async def test_who_will_be_supervised_later_is_flagged_as_well(
    office: BoardOffice, supervisor: Json
) -> None:
    agreement = _under(supervisor["holder_id"], effective_from="2027-01-01")
    await office.http.post("/v1/supervision-agreements", json=agreement, headers=office.reviewer)

    await _change(office, supervisor, "suspensions")

    assert [each["because"] for each in await _flags(office, agreement)] == ["suspended"]


async def test_nobody_comes_under_a_supervisor_whose_suspension_is_under_way(
    office: BoardOffice, supervisor: Json
) -> None:
    agreement = _under(supervisor["holder_id"])
    suspension = ChangeCertification(
        UUID(supervisor["certification_id"]), Change.SUSPENDED, None, ("why",), None
    )
    async with office.database.transaction(Cause(process_actor("board"), new_id())) as tx:
        await change_certification(tx, suspension)
        recording = asyncio.create_task(
            office.http.post("/v1/supervision-agreements", json=agreement, headers=office.reviewer)
        )
        assert await office.waits(recording)

    refused = await recording
    assert (refused.status_code, refused.json()["type"]) == (
        409,
        "urn:casomb:problem:supervisor-not-certified",
    )
