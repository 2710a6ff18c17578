"""A step of a notice that will never succeed ends with a person who knows of it."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from doj_gateway.domain.notices import DojNotice, NoticeState
from doj_gateway.domain.said_notices import SaidNotice
from doj_gateway.storage import notice_versions, notices
from integration.doj_gateway.gateway_world import ASSESSED_ON, RECEIVED_AT, Score, World
from integration.doj_gateway.test_noticing import a_notice, tell_doj, until_notice
from integration.doj_gateway.test_unclear_notices import Headers, items_about, told
from shared.identifiers import new_id
from shared.security.personal_fields import PersonalFields
from shared.security.principals import Role
from shared.testing.messaging import until
from shared.testing.tokens import LocalIssuer

SPOIL = "UPDATE notice_versions SET said_sealed = 'not what was sealed' WHERE notice_id = :id"
LONG_AGO = "UPDATE notices SET received_at = received_at - interval '25 hours' WHERE id = :id"
FAILED_NINE_TIMES = "UPDATE notices SET failed = 9 WHERE id = :id"
AT_ONCE = "UPDATE notices SET next_step_at = clock_timestamp() WHERE id = :id"


@pytest.fixture
def doj(issuer: LocalIssuer) -> Headers:
    """DOJ's own token."""
    return issuer.authorization(Role.DOJ)


async def row_of(world: World, notice: dict[str, Any]) -> dict[str, Any]:
    """The notice as it stands."""
    (row,) = await world.rows("SELECT * FROM notices WHERE id = :id", id=notice["notice_id"])
    return row


@pytest.mark.parametrize("status", [400, 413, 422])
async def test_identifiers_that_supervision_does_not_take_are_an_operator_s_work(
    world: World, http: httpx.AsyncClient, doj: Headers, status: int
) -> None:
    world.neighbors.refuses_with = status
    notice = await told(http, doj)

    async with world.sending():
        await until_notice(world, notice["doj_notice_id"], "unclear")

    assert await items_about(world, notice) == [("notice-unclear", "person-unreadable", None)]


@pytest.mark.parametrize("status", [403, 404])
async def test_a_refusal_that_may_pass_is_told_after_a_day_and_matched_once_it_has_passed(
    world: World, http: httpx.AsyncClient, doj: Headers, status: int
) -> None:
    score = Score(instrument="ls-cmi", assessed_on=ASSESSED_ON - timedelta(days=status))
    world.neighbors.identified = [score.case_id]
    await world.queued(score)
    doj_id = await tell_doj(world, score)
    world.neighbors.refuses_with = status
    notice = await told(http, doj, score, notice_id=doj_id)
    await world.change(LONG_AGO, id=notice["notice_id"])

    async with world.sending():
        await until_notice(world, doj_id, "unclear")
        told_of = await items_about(world, notice)
        world.neighbors.refuses_with = None
        await world.change(AT_ONCE, id=notice["notice_id"])
        await until_notice(world, doj_id, "acknowledged")

    assert told_of == [("notice-unclear", "supervision-refused", None)]
    assert await items_about(world, notice) == [
        ("notice-unclear", "supervision-refused", "matched")
    ]


async def test_a_step_that_fails_is_tried_again_and_nobody_s_work_yet(
    world: World, http: httpx.AsyncClient, doj: Headers
) -> None:
    notice = await told(http, doj)
    await world.change(SPOIL, id=notice["notice_id"])

    async def has_failed_twice() -> bool:
        return bool((await row_of(world, notice))["failed"] >= 2)

    async with world.sending():
        await until(has_failed_twice)

    assert (await row_of(world, notice))["state"] == "received"
    assert await items_about(world, notice) == []


async def test_a_step_that_fails_for_the_tenth_time_is_an_operator_s_work_and_the_last(
    world: World, http: httpx.AsyncClient, doj: Headers
) -> None:
    notice = await told(http, doj)
    await world.change(SPOIL, id=notice["notice_id"])
    await world.change(FAILED_NINE_TIMES, id=notice["notice_id"])

    async with world.sending():
        await until_notice(world, notice["doj_notice_id"], "unclear")

    assert (await row_of(world, notice))["next_step_at"] is None
    assert await items_about(world, notice) == [("notice-unclear", "step-failed", None)]


async def test_a_notice_kept_when_more_could_be_read_is_read_anew(world: World) -> None:
    words = a_notice(assessed_on="0001-01-01")
    person = words["person"]
    said = SaidNotice("ls-cmi", "0001-01-01", words["seen_at"], *person.values())
    notice = DojNotice(
        id=new_id(),
        doj_notice_id=words["notice_id"],
        instrument="ls-cmi",
        assessed_on=None,
        seen_at=RECEIVED_AT,
        state=NoticeState.RECEIVED,
        received_at=RECEIVED_AT,
        correlation_id=new_id(),
    )
    async with world.database.transaction(world.cause()) as tx:
        await notices.insert_if_new(tx, notice)
        await notice_versions.insert(tx, notice, said, PersonalFields(world.settings))

    async with world.sending():
        await until_notice(world, words["notice_id"], "unclear")

    found = await items_about(world, {"notice_id": notice.id})
    assert found == [("notice-unclear", "assessed-on-unreadable", None)]
