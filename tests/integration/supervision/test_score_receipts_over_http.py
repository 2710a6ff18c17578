"""A shared score lies in the unit's inbox until an officer acknowledges it, once."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from integration.supervision.world import Case, World
from shared.errors import NotYetKnownError
from shared.security.principals import Role


@pytest.fixture
async def share_id(world: World, case: Case) -> UUID:
    shared = world.share(case.id)
    await world.hear(shared)
    return shared.share_id


async def test_a_share_waits_in_the_inbox_of_the_unit(
    world: World, case: Case, share_id: UUID
) -> None:
    colleague = world.issuer.authorization(Role.OFFICER, agency=world.agency, unit="adult")

    answer = await world.get("/v1/inbox?state=waiting", colleague)

    (item,) = answer.json()["items"]
    assert (item["share_id"], item["case_id"]) == (str(share_id), str(case.id))
    assert (item["instrument"], item["received_at"]) == ("sra-fv", None)
    assert (await world.audited(case.id))[-1] == "share.listed"


async def test_another_unit_and_agency_see_an_empty_inbox(world: World, share_id: UUID) -> None:
    other_unit = world.issuer.authorization(Role.OFFICER, agency=world.agency, unit="juvenile")
    other = await world.other_agency()

    for stranger in (other_unit, other.officer):
        assert (await world.get("/v1/inbox", stranger)).json()["items"] == []


async def test_a_receipt_of_now_is_announced_and_leaves_the_waiting(
    world: World, share_id: UUID
) -> None:
    answer = await world.post("/v1/score-receipts", {"share_id": str(share_id)}, world.officer)

    receipt = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/score-receipts/{receipt['score_receipt_id']}"
    assert receipt["received_at"] == "2026-11-23T18:00:00Z"
    assert receipt["officer_id"] == str(world.officer_id)
    assert await world.published(share_id) == ["supervision.score-receipt.recorded"]
    waiting = await world.get("/v1/inbox?state=waiting", world.officer)
    received = await world.get("/v1/inbox?state=received", world.officer)
    assert waiting.json()["items"] == []
    assert received.json()["items"][0]["received_at"] == "2026-11-23T18:00:00Z"


async def test_both_sides_read_the_receipt(world: World, case: Case, share_id: UUID) -> None:
    body = {"share_id": str(share_id), "evidence": "mail 4711"}
    posted = await world.post("/v1/score-receipts", body, world.officer)
    path = posted.headers["location"]

    assert (await world.get(path, world.provider)).json() == posted.json()
    assert (await world.get(path, world.issuer.authorization(Role.AUDITOR))).status_code == 200
    assert (await world.get(path, (await world.other_agency()).officer)).status_code == 404
    assert (await world.audited(case.id))[-2:] == ["score-receipt.read", "score-receipt.read"]


async def test_the_evidence_is_kept_here_and_not_announced(world: World, share_id: UUID) -> None:
    body = {"share_id": str(share_id), "evidence": "mail 4711"}

    await world.post("/v1/score-receipts", body, world.officer)

    ((data,),) = await world.rows(
        "SELECT convert_from(data, 'UTF8') FROM outbox WHERE subject_id = :id", id=share_id
    )
    assert "4711" not in data


async def test_a_time_in_the_past_is_the_receipts_own(world: World, share_id: UUID) -> None:
    body = {"share_id": str(share_id), "received_at": "2026-11-20T10:30:00-08:00"}

    answer = await world.post("/v1/score-receipts", body, world.officer)

    assert answer.json()["received_at"] == "2026-11-20T18:30:00Z"


@pytest.mark.parametrize(
    "received_at",
    ["2026-11-23T18:00:01Z", "2026-11-20T16:59:59Z", "2026-11-20T18:00:00", "9999-12-31T23:59:59Z"],
    ids=["future", "before-the-sharing", "without-offset", "another-age"],
)
async def test_an_impossible_time_is_refused(
    world: World, share_id: UUID, received_at: str
) -> None:
    body = {"share_id": str(share_id), "received_at": received_at}

    answer = await world.post("/v1/score-receipts", body, world.officer)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "body.received_at"
    assert await world.published(share_id) == []


async def test_a_second_receipt_is_refused(world: World, share_id: UUID) -> None:
    body = {"share_id": str(share_id)}
    first = await world.post("/v1/score-receipts", body, world.officer)
    world.clock.advance(timedelta(hours=1))

    again = await world.post("/v1/score-receipts", body, world.officer)

    assert again.status_code == 409
    assert again.json()["type"].endswith(":already-received")
    assert again.json()["score_receipt_id"] == first.json()["score_receipt_id"]
    assert len(await world.published(share_id)) == 1


async def test_of_two_receipts_at_once_one_is_taken(world: World, share_id: UUID) -> None:
    body = {"share_id": str(share_id)}

    answers = await asyncio.gather(
        *(world.post("/v1/score-receipts", body, world.officer) for _ in range(2))
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(await world.published(share_id)) == 1


async def test_another_agency_does_not_find_the_share(world: World, share_id: UUID) -> None:
    other = await world.other_agency()

    answer = await world.post("/v1/score-receipts", {"share_id": str(share_id)}, other.officer)

    assert answer.status_code == 404
    assert answer.json()["type"].endswith(":share-not-found")


async def test_an_unknown_share_may_not_have_arrived(world: World) -> None:
    answer = await world.post("/v1/score-receipts", {"share_id": str(uuid4())}, world.officer)

    assert answer.status_code == 404
    assert "arrives here within seconds" in answer.json()["detail"]


async def test_an_unknown_receipt_is_not_found(world: World) -> None:
    assert (await world.get(f"/v1/score-receipts/{uuid4()}", world.officer)).status_code == 404


async def test_a_share_of_a_case_that_has_not_arrived_waits(world: World) -> None:
    with pytest.raises(NotYetKnownError):
        await world.hear(world.share(uuid4()))


async def test_the_inbox_is_read_in_pages(world: World, case: Case) -> None:
    shares = [world.share(case.id) for _ in range(3)]
    for shared in shares:
        await world.hear(shared)

    first = (await world.get("/v1/inbox?limit=2", world.officer)).json()
    rest = (await world.get(f"/v1/inbox?limit=2&after={first['next']}", world.officer)).json()

    listed = [item["share_id"] for item in first["items"] + rest["items"]]
    assert sorted(listed) == sorted(str(shared.share_id) for shared in shares)
