"""An operator has DOJ's notices pulled: page by page, each once."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
import structlog
from typer.testing import CliRunner

from doj_gateway.console.notice_commands import notice_commands
from doj_gateway.partners import doj_notices
from doj_gateway.partners.connections import connect
from doj_gateway.partners.doj_notices import DojNotices, NoticeNotShownError
from doj_gateway.sender import pulling as sender_pulling
from doj_gateway.sender.pulling import Pulling
from doj_gateway.service import SERVICE
from doj_gateway.use_cases import pull_notices as pulling
from doj_gateway.worker import build_partners
from integration.doj_gateway.gateway_world import Score, World
from integration.doj_gateway.test_noticing import a_notice, tell_doj
from shared.console.operator_session import OperatorSession
from shared.errors import UnavailableError
from shared.security.personal_fields import PersonalFields
from shared.security.principals import Role
from shared.testing.messaging import until
from shared.testing.tokens import LocalIssuer

LONG_AGO = datetime(2012, 7, 1, tzinfo=UTC)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """DOJ shows two notices on a page."""
    monkeypatch.setattr(doj_notices, "PAGE", 2)
    monkeypatch.setattr(pulling, "PAGE", 2)


@pytest.mark.usefixtures("small_pages")
async def test_every_notice_that_is_not_known_is_taken_in_once_over_all_pages(
    world: World,
) -> None:
    told = {await tell_doj(world, Score(instrument="ls-cmi")) for _ in range(5)}
    doj = DojNotices(connect(world.simulator.url, world.simulator.headers))
    fields = PersonalFields(world.settings)

    first = await pulling.pull_notices(world.database, world.cause(), doj, fields, LONG_AGO)
    again = await pulling.pull_notices(world.database, world.cause(), doj, fields, LONG_AGO)
    await doj.close()

    known = {row["doj_notice_id"] for row in await world.rows("SELECT * FROM notices")}
    assert (first.listed, first.taken_in, again.taken_in) == (5, 5, 0)
    assert known == told


async def test_a_pull_that_is_told_no_day_begins_a_week_before_the_last_notice_known(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    asked: list[httpx.Request] = []

    def nothing(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=[])

    doj = DojNotices(connect("http://doj", transport=httpx.MockTransport(nothing)))
    fields = PersonalFields(world.settings)
    notice = a_notice(seen_at=world.database.clock.now().isoformat())
    await http.post("/v1/notices", json=notice, headers=issuer.authorization(Role.DOJ))

    await pulling.pull_notices(world.database, world.cause(), doj, fields)

    seen_at = datetime.fromisoformat(notice["seen_at"])
    (request,) = asked
    assert datetime.fromisoformat(request.url.params["seen_since"]) == seen_at - timedelta(days=7)


async def test_a_pull_that_fails_for_a_reason_of_its_own_is_told_and_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    async def fails(*_: object) -> None:
        tried.append("once more")
        raise OverflowError

    async def was_tried_again() -> bool:
        return len(tried) > 1

    monkeypatch.setattr(sender_pulling, "LOOK_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(sender_pulling, "pull_after_restore", fails)
    partners = build_partners(world.settings)
    pulling_beside = Pulling(world.database, partners, PersonalFields(world.settings))

    with structlog.testing.capture_logs() as logs:
        beside = asyncio.create_task(pulling_beside.run())
        await until(was_tried_again)
        beside.cancel()
    await partners.close()

    assert logs[0]["event"] == "step_failed"
    assert logs[0]["error"] == "OverflowError"


def test_an_operator_s_pull_says_what_it_found(world: World) -> None:
    cli = notice_commands(OperatorSession(SERVICE, lambda: world.settings))

    answer = CliRunner().invoke(cli, ["pull", "--since", "2012-07-01", "--by", "a test"])

    assert answer.exit_code == 0
    assert re.fullmatch(
        r"DOJ listed \d+ notices; \d+ of them were new and are stored\n", answer.output
    )


def showing(shown: dict[str, httpx.Response]) -> DojNotices:
    """DOJ lists these notices and answers so when asked for one."""

    def answer(request: httpx.Request) -> httpx.Response:
        listed = [{"notice_id": each} for each in shown]
        last = request.url.path.removeprefix("/v1/notices").removeprefix("/")
        return shown[last] if last else httpx.Response(200, json=listed)

    return DojNotices(connect("http://doj", transport=httpx.MockTransport(answer)))


@pytest.mark.parametrize(
    "told", [7, [], {"person": None}, {"person": "Avery"}, {"seen_at": ["never"]}]
)
async def test_a_pulled_notice_that_cannot_be_read_is_kept_as_a_pushed_one_is(
    world: World, told: object
) -> None:
    doj_id = str(uuid4())
    doj, fields = showing({doj_id: httpx.Response(200, json=told)}), PersonalFields(world.settings)

    pulled = await pulling.pull_notices(world.database, world.cause(), doj, fields, LONG_AGO)

    (row,) = await world.rows("SELECT * FROM notices WHERE doj_notice_id = :id", id=doj_id)
    assert (pulled.taken_in, row["state"], row["because"]) == (1, "unclear", "instrument-unknown")


@pytest.mark.parametrize(
    ("first", "answer"),
    [
        ("gone", httpx.Response(404)),
        ("a-page", httpx.Response(200, html="<h1>Sign in</h1>")),
        ("long", httpx.Response(200, json={"instrument": "x" * 1_000_000})),
        ("not an id", httpx.Response(200, json={})),
        ("null\0", httpx.Response(200, json={})),
    ],
)
async def test_a_notice_that_doj_does_not_show_is_told_and_holds_up_no_other(
    world: World, first: str, answer: httpx.Response
) -> None:
    sound = str(uuid4())
    doj = showing({first: answer, sound: httpx.Response(200, json={})})

    with pytest.raises(NoticeNotShownError):
        await pulling.pull_notices(
            world.database, world.cause(), doj, PersonalFields(world.settings), LONG_AGO
        )

    assert await world.rows("SELECT 1 FROM notices WHERE doj_notice_id = :id", id=sound)
    assert not await world.rows(
        "SELECT 1 FROM notices WHERE doj_notice_id = :id", id=first.rstrip("\0")
    )


@pytest.mark.parametrize("status", [302, 500])
async def test_while_doj_does_not_show_its_notices_nothing_is_noted(status: int) -> None:
    page = httpx.MockTransport(lambda _: httpx.Response(status, html="<h1>Sign in</h1>"))
    doj = DojNotices(connect("http://doj", transport=page))

    with pytest.raises(UnavailableError):
        await doj.page(None, None)
