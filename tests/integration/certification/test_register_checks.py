"""Many numbers checked at once: in order, in one statement, unknown ones said to be so."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import event, text

from certification.settings import Settings
from integration.certification.board_office import BoardOffice, Json
from integration.certification.registered import register_program, register_provider
from unit.certification.register_examples import Life

CERTIFIED = Life("2025-11-20", "2027-11-20")
EXPIRED = Life("2023-11-20", "2025-11-20")


@pytest.fixture(scope="module")
def settings(settings: Settings) -> Settings:
    """With room for a thousand numbers, as everywhere but in these tests."""
    return settings.model_copy(update={"http_body_limit_bytes": 65_536})


@pytest.fixture(autouse=True)
async def _a_small_register(office: BoardOffice) -> None:
    async with office.database.engine.begin() as connection:
        await connection.execute(text("TRUNCATE certifications, providers, programs CASCADE"))
    await register_provider(office.database, "PRV-000001", CERTIFIED)
    await register_provider(office.database, "PRV-000002", EXPIRED, name="Blake Example")
    await register_program(office.database, "PRG-000001", CERTIFIED)


@pytest.fixture
async def statements(office: BoardOffice) -> AsyncIterator[list[str]]:
    """What PostgreSQL was asked."""
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    engine = office.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


async def _checked(office: BoardOffice, **body: object) -> httpx.Response:
    return await office.http.post("/v1/register/checks", json=body)


def _statuses(answer: Json) -> list[tuple[str, str | None]]:
    return [(i["number"], i["entry"] and i["entry"]["status"]) for i in answer["items"]]


async def test_answers_come_in_the_order_of_the_question_unknown_ones_marked(
    office: BoardOffice,
) -> None:
    numbers = ["PRG-000001", "PRV-999999", "PRV-000002", "PRV-000001", "PRV-000002"]

    answer = await _checked(office, numbers=numbers)

    assert answer.status_code == 200
    assert _statuses(answer.json()) == [
        ("PRG-000001", "certified"),
        ("PRV-999999", None),
        ("PRV-000002", "expired"),
        ("PRV-000001", "certified"),
        ("PRV-000002", "expired"),
    ]
    assert [i["is_known"] for i in answer.json()["items"]] == [True, False, True, True, True]


async def test_an_answer_is_the_entry_of_the_number(office: BoardOffice) -> None:
    answer = await _checked(office, numbers=["PRV-000001"], as_of="2026-01-01")
    entry = await office.http.get("/v1/register/provider/PRV-000001?as_of=2026-01-01")

    assert answer.json()["as_of"] == "2026-01-01"
    assert answer.json()["items"][0]["entry"] | {"as_of": "2026-01-01"} == entry.json()


async def test_on_a_day_gone_by_they_stood_otherwise(office: BoardOffice) -> None:
    answer = await _checked(office, numbers=["PRV-000001", "PRV-000002"], as_of="2025-11-19")

    assert _statuses(answer.json()) == [
        ("PRV-000001", "not-yet-certified"),
        ("PRV-000002", "certified"),
    ]


async def test_numbers_of_another_kind_than_asked_for_are_unknown(office: BoardOffice) -> None:
    answer = await _checked(office, numbers=["PRV-000001", "PRG-000001"], kind="program")

    assert [i["is_known"] for i in answer.json()["items"]] == [False, True]


async def test_a_number_given_out_again_is_checked_for_its_new_holder(office: BoardOffice) -> None:
    voided = Life("2025-12-01", "2027-12-01", [("voided", "2025-12-01")])
    await register_program(office.database, "PRG-000002", voided, name="Mistaken Program")
    await register_program(office.database, "PRG-000002", CERTIFIED)

    (item,) = (await _checked(office, numbers=["PRG-000002"])).json()["items"]

    assert (item["entry"]["name"], item["entry"]["status"]) == ("River Program", "certified")


async def test_a_thousand_numbers_are_three_statements(
    office: BoardOffice, statements: list[str]
) -> None:
    answer = await _checked(office, numbers=[f"PRV-{n:06d}" for n in range(1_000)])

    assert sum(i["is_known"] for i in answer.json()["items"]) == 2
    assert len(statements) == 3  # how they stand, their names, their public conditions


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"numbers": []}, "body.numbers"),
        ({"numbers": ["PRV-000001"] * 1_001}, "body.numbers"),
        ({"numbers": ["PRV-000001", "avery"]}, "body.numbers.1"),
        ({"numbers": ["PRV-000001"], "kind": "examiner"}, "body.kind"),
        ({"numbers": ["PRV-000001"], "as_of": "2026-11-21"}, "body.as_of"),
        ({"numbers": ["PRV-000001"], "as_of": "soon"}, "body.as_of"),
    ],
)
async def test_a_question_nobody_can_answer_is_refused_by_its_field(
    office: BoardOffice, body: Json, field: str
) -> None:
    answer = await _checked(office, **body)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == field


async def test_a_check_leaves_nothing_behind_even_with_a_key(office: BoardOffice) -> None:
    before = await office.written()

    await office.http.post(
        "/v1/register/checks",
        json={"numbers": ["PRV-000001"]},
        headers={"Idempotency-Key": "anybody's"},
    )

    assert await office.written() == before
