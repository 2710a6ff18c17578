"""A notice that matches nobody by itself is kept, shown, and settled by a person."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from doj_gateway.domain.notices import NoticePatience
from doj_gateway.storage import notices
from doj_gateway.storage.claims import ClaimLostError
from doj_gateway.use_cases.postpone_notice import postpone_notice
from integration.doj_gateway.gateway_world import Score, World
from integration.doj_gateway.neighbors import FailingWay, a_page
from integration.doj_gateway.test_noticing import PERSON, a_notice, tell_doj, until_notice
from shared.security.principals import Role
from shared.testing.messaging import until
from shared.testing.tokens import LocalIssuer

SEEN = "ls-cmi-seen"
Headers = dict[str, str]


@pytest.fixture
def doj(issuer: LocalIssuer) -> Headers:
    """DOJ's own token."""
    return issuer.authorization(Role.DOJ)


@pytest.fixture
def operator(issuer: LocalIssuer) -> Headers:
    """An operator's token."""
    return issuer.authorization(Role.OPERATOR)


@pytest.fixture
def score(world: World) -> Score:
    """An LS/CMI of a person whom supervision knows."""
    made = Score(instrument="ls-cmi")
    world.neighbors.identified = [made.case_id]
    return made


async def told(
    http: httpx.AsyncClient,
    doj: Headers,
    score: Score | None = None,
    **changes: Any,  # noqa: ANN401 - as DOJ may
) -> dict[str, Any]:
    """DOJ tells; returns what it hears."""
    answer = await http.post("/v1/notices", json=a_notice(score, **changes), headers=doj)
    assert answer.is_success, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def items_about(world: World, notice: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """What somebody must look at about a notice."""
    query = "SELECT * FROM work_items WHERE subject_id = :id ORDER BY id"
    found = await world.rows(query, id=notice["notice_id"])
    return [(each["kind"], each["because"], each["resolution"]) for each in found]


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"instrument": "static"}, "instrument-unknown"),
        ({"assessed_on": "2099-01-01"}, "assessed-on-in-the-future"),
        ({"assessed_on": "0001-01-01"}, "assessed-on-unreadable"),
        ({"seen_at": "2099-01-01T00:00:00Z"}, "seen-at-in-the-future"),
        ({"seen_at": "9999-12-31T23:59:59-14:00"}, "seen-at-unreadable"),
        ({"seen_at": "0001-01-01T00:00:00+14:00"}, "seen-at-unreadable"),
        ({"person": "Avery Example"}, "person-unreadable"),
        ({"instrument": ["ls-cmi"], "assessed_on": None}, "instrument-unknown"),
        ({"instrument": 7}, "instrument-unknown"),
    ],
)
async def test_a_notice_that_cannot_be_read_is_kept_and_an_operator_s_work(
    world: World,
    http: httpx.AsyncClient,
    doj: Headers,
    operator: Headers,
    changes: dict[str, Any],
    because: str,
) -> None:
    notice = await told(http, doj, **changes)

    listed = await http.get("/v1/notices?state=unclear&limit=200", headers=operator)
    found = {each["notice_id"]: each["because"] for each in listed.json()["items"]}
    assert found[notice["notice_id"]] == because
    assert await items_about(world, notice) == [("notice-unclear", because, None)]


async def test_an_instrument_in_doj_s_spelling_and_a_day_off_are_matched_and_shown(
    world: World, http: httpx.AsyncClient, doj: Headers, operator: Headers, score: Score
) -> None:
    await world.queued(score)
    doj_id = await tell_doj(world, score)
    day_after = (score.assessed_on + timedelta(days=1)).isoformat()

    async with world.sending():
        await told(http, doj, notice_id=doj_id, instrument="LS/CMI", assessed_on=day_after, extra=1)
        await until_notice(world, doj_id, "acknowledged")

    listed = await http.get(f"/v1/notices?case_id={score.case_id}", headers=operator)
    (shown,) = listed.json()["items"]
    assert (shown["days_apart"], shown["is_matched_by_hand"]) == (-1, False)
    acts = "SELECT action, subject_kind FROM audit_entries WHERE subject_id = :id"
    entries = [tuple(each.values()) for each in await world.rows(acts, id=score.case_id)]
    assert ("notice.listed", "case") in entries
    assert (await world.duties(score))[SEEN]["state"] == "met"


async def test_a_name_that_differs_shows_both_sides_and_is_matched_by_hand(
    world: World, http: httpx.AsyncClient, doj: Headers, operator: Headers, score: Score
) -> None:
    world.neighbors.outcome = "name-differs"
    await world.queued(score)
    doj_id = await tell_doj(world, score)
    async with world.sending():
        other = PERSON | {"family_name": "Sample"}
        notice = await told(http, doj, score, notice_id=doj_id, person=other)
        await until_notice(world, doj_id, "unclear")
    path = f"/v1/notices/{notice['notice_id']}"

    compared = await http.get(f"{path}/comparison", headers=operator)
    seen = compared.json()
    assert world.neighbors.errands[-1] == compared.headers["x-correlation-id"]
    (expected,) = [each for each in seen["expectations"] if each["case_id"] == str(score.case_id)]
    body = {"expectation_id": expected["expectation_id"]}
    answer = await http.post(f"{path}/matches", json=body, headers=operator)
    again = await http.post(f"{path}/matches", json=body, headers=operator)
    async with world.sending():
        await until_notice(world, doj_id, "acknowledged")

    assert [each["family_name"] for each in seen["doj_side"]] == ["Sample"]
    assert [each["family_name"] for each in seen["our_side"]] == ["Example"]
    assert "123-45-6789" not in str(seen)
    assert (answer.status_code, again.status_code) == (201, 409)
    assert answer.json()["is_matched_by_hand"] is True
    assert await items_about(world, notice) == [
        ("notice-unclear", "person-name-differs", "matched-by-hand")
    ]
    assert (await world.duties(score))[SEEN]["state"] == "met"
    audited = "SELECT action FROM audit_entries WHERE subject_id = :id"
    actions = {row["action"] for row in await world.rows(audited, id=notice["notice_id"])}
    assert {"notice.compared", "notice.matched"} <= actions


async def test_a_notice_that_waited_long_enough_is_told_and_still_matched_when_its_score_comes(
    world: World, http: httpx.AsyncClient, doj: Headers, score: Score
) -> None:
    world.settings = world.settings.model_copy(update={"notice_patience_hours": 0})
    score.assessed_on = date(2026, 3, 2)
    doj_id = await tell_doj(world, score)

    async with world.sending():
        notice = await told(http, doj, score, notice_id=doj_id)
        await until_notice(world, doj_id, "unclear")
        await world.queued(score)
        await until_notice(world, doj_id, "acknowledged")

    assert await items_about(world, notice) == [("notice-unclear", "no-score-expected", "matched")]


async def test_what_cannot_be_true_is_not_matched_by_itself_when_a_score_like_it_comes(
    world: World, http: httpx.AsyncClient, doj: Headers, score: Score
) -> None:
    score.assessed_on = date(2026, 5, 4)
    notice = await told(http, doj, score, seen_at="2200-01-01T00:00:00Z")

    await world.queued(score)

    query = "SELECT next_step_at FROM notices WHERE id = :id"
    assert await world.rows(query, id=notice["notice_id"]) == [{"next_step_at": None}]


async def test_a_sender_that_has_a_notice_in_hand_is_not_heard_once_a_person_matched_it(
    world: World, http: httpx.AsyncClient, doj: Headers, operator: Headers, score: Score
) -> None:
    score.assessed_on = date(2026, 6, 4)
    await world.queued(score)
    notice = await told(http, doj, score)
    async with world.database.transaction(world.cause()) as tx:
        found = await notices.take(tx, limit=200, length=timedelta(hours=1))
    (mine,) = [each for each in found if str(each.notice.id) == notice["notice_id"]]
    query = "SELECT id FROM expectations WHERE case_id = :id"
    (expected,) = await world.rows(query, id=score.case_id)
    path = f"/v1/notices/{notice['notice_id']}/matches"
    await http.post(path, json={"expectation_id": str(expected["id"])}, headers=operator)

    with pytest.raises(ClaimLostError):
        async with world.database.transaction(world.cause()) as tx:
            await postpone_notice(tx, mine.claim, NoticePatience(), "doj-unavailable")


async def test_a_notice_is_nobody_s_work_while_its_score_may_still_come(
    world: World, http: httpx.AsyncClient, doj: Headers, score: Score
) -> None:
    score.assessed_on = date(2026, 4, 2)
    async with world.sending():
        notice = await told(http, doj, score)

        async def was_looked_at() -> bool:
            query = "SELECT tries FROM notices WHERE id = :id"
            return bool((await world.rows(query, id=notice["notice_id"]))[0]["tries"])

        await until(was_looked_at)

    assert await items_about(world, notice) == []


async def test_a_correction_is_kept_beside_the_first_and_tried(
    world: World, http: httpx.AsyncClient, doj: Headers, score: Score
) -> None:
    await world.queued(score)
    doj_id = await tell_doj(world, score)
    first = await told(http, doj, score, notice_id=doj_id, instrument="LS CMI 2")

    second = await told(http, doj, score, notice_id=doj_id)
    repeated = await told(http, doj, score, notice_id=doj_id, instrument="LS CMI 2")
    async with world.sending():
        await until_notice(world, doj_id, "acknowledged")

    assert [each["version"] for each in (first, second, repeated)] == [1, 2, 2]
    assert await items_about(world, first) == [
        ("notice-unclear", "instrument-unknown", "corrected")
    ]


async def test_a_correction_of_what_was_matched_changes_nothing_by_itself(
    world: World, http: httpx.AsyncClient, doj: Headers, score: Score
) -> None:
    await world.queued(score)
    doj_id = await tell_doj(world, score)
    async with world.sending():
        notice = await told(http, doj, score, notice_id=doj_id)
        await until_notice(world, doj_id, "acknowledged")

    corrected = await told(http, doj, score, notice_id=doj_id, assessed_on="2026-01-05")

    assert corrected["version"] == 2
    assert await items_about(world, notice) == [
        ("notice-corrected", "corrected-after-it-was-matched", None)
    ]
    rows = await world.rows("SELECT * FROM notices WHERE id = :id", id=notice["notice_id"])
    assert (rows[0]["state"], rows[0]["assessed_on"]) == ("acknowledged", score.assessed_on)


async def test_a_sender_that_corrects_itself_without_end_fills_no_database(
    world: World, http: httpx.AsyncClient, doj: Headers
) -> None:
    doj_id = str(uuid4())

    versions = [
        (await told(http, doj, notice_id=doj_id, instrument=f"no. {number}"))["version"]
        for number in range(22)
    ]

    assert versions == [*range(1, 21), 20, 20]


async def test_an_acknowledgment_that_doj_goes_on_refusing_is_told_and_still_tried(
    world: World, http: httpx.AsyncClient, doj: Headers, score: Score
) -> None:
    await world.queued(score)
    doj_id = await tell_doj(world, score)
    notice = await told(http, doj, score, notice_id=doj_id)
    way = FailingWay()
    way.instead = {"POST": [a_page(403) for _ in range(9)]}
    async with world.sending(way):
        await until_notice(world, doj_id, "matched")

    await tried(world, notice, times=9)
    async with world.sending(way):

        async def is_told() -> bool:
            return bool(await items_about(world, notice))

        await until(is_told)
    await tried(world, notice, times=10)
    async with world.sending():
        await until_notice(world, doj_id, "acknowledged")

    assert await items_about(world, notice) == [
        ("notice-not-acknowledged", "acknowledgment-not-taken", "acknowledged")
    ]


async def tried(world: World, notice: dict[str, Any], times: int) -> None:
    """Bring on what comes by itself after so many tries."""
    done = "UPDATE notices SET tries = :times, next_step_at = clock_timestamp() WHERE id = :id"
    async with world.database.engine.begin() as connection:
        await connection.execute(text(done), {"times": times, "id": notice["notice_id"]})


async def test_both_sides_of_a_notice_are_the_operators_alone_to_see(
    http: httpx.AsyncClient, doj: Headers, issuer: LocalIssuer
) -> None:
    notice = await told(http, doj)
    path = f"/v1/notices/{notice['notice_id']}/comparison"

    codes = [
        (await http.get(path, headers=issuer.authorization(role))).status_code
        for role in (Role.DOJ, Role.AUDITOR, Role.OFFICER)
    ]

    assert codes == [403, 403, 403]
