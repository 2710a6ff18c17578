"""The duty routes as every service serves them: who sees what, and trying deadlines."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from shared.composition.app import Description, create_app
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.api.duty_routes import duty_routers
from shared.law.api.law_dependency import LawParts
from shared.law.clerk.sweep import sweep_batch
from shared.law.counting.calendars import Closure
from shared.law.counting.facts import Fact
from shared.law.duty import duty_queries, ledger
from shared.law.duty.duties import Duty, Owner, Subject
from shared.law.in_force import Law
from shared.law.rehearsal.applying import apply
from shared.law.rehearsal.proposals import NewCalendar
from shared.security.principals import Actor, Role, process_actor
from shared.security.tokens import Authenticator, TokenRefusedError
from shared.testing.clocks import FixedClock
from shared.testing.sealing import fields_for_tests

OFFICER, PROVIDER, PROGRAM = (UUID(int=number) for number in (1, 2, 3))
ACTORS = {
    "officer": Actor(str(OFFICER), frozenset({Role.OFFICER}), agency="sacramento-probation"),
    "elsewhere": Actor(str(OFFICER), frozenset({Role.OFFICER}), agency="kern-probation"),
    "provider": Actor(
        str(PROVIDER), frozenset({Role.PROVIDER}), provider=PROVIDER, program=PROGRAM
    ),
    "representative": Actor("r", frozenset({Role.PROGRAM_REPRESENTATIVE}), program=PROGRAM),
    "examiner": Actor(str(OFFICER), frozenset({Role.EXAMINER})),
    "applicant": Actor("no-uuid", frozenset({Role.APPLICANT})),
    "reviewer": Actor("b", frozenset({Role.BOARD_REVIEWER})),
    "auditor": Actor("a", frozenset({Role.AUDITOR})),
    "partner": Actor("p", frozenset({Role.PARTNER})),
}


class KnownActors(Authenticator):
    """Believes `Bearer <name>` of the actors above; tokens have tests of their own."""

    def __init__(self) -> None:
        """Nothing to fetch."""

    async def actor(self, authorization: str | None) -> Actor:
        """Find the actor by name."""
        name = (authorization or "").removeprefix("Bearer ")
        if name not in ACTORS:
            raise TokenRefusedError("unknown")
        return ACTORS[name]


@pytest.fixture
async def client(database: Database, law: Law) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(
        Description("Duties", "For tests."),
        parts=LawParts(
            database=database,
            authenticator=KnownActors(),
            personal_fields=fields_for_tests(),
            law=law,
        ),
        routers=duty_routers(),
        body_limit_bytes=10_000,
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://duties") as client:
        yield client


@pytest.fixture
async def duties(database: Database, law: Law) -> list[Duty]:
    """Two that the officer owes, due on December 1 and 8, then one of the provider's."""
    async with database.transaction(Cause(process_actor("tests"), new_id())) as tx:
        return [
            await ledger.open_duty(
                tx,
                law,
                rule=rule,
                facts=[Fact(fact, on)],
                subject=Subject("share", new_id()),
                owner=owner,
                concerns=new_id(),
            )
            for rule, fact, on, owner in [
                ("dynamic-score-to-doj", "receipt", date(2026, 11, 20), officers()),
                ("dynamic-score-to-doj", "receipt", date(2026, 12, 1), officers()),
                ("share-score", "assessment", date(2026, 11, 20), providers()),
            ]
        ]


def officers() -> Owner:
    return Owner("officer", "sacramento-probation", OFFICER)


def providers() -> Owner:
    return Owner(None, str(PROGRAM), PROVIDER)


def by(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {name}"}


async def ids(client: httpx.AsyncClient, name: str, **query: str) -> list[str]:
    answer = await client.get("/v1/duties", params=query, headers=by(name))
    assert answer.status_code == 200, answer.text
    return [item["duty_id"] for item in answer.json()["items"]]


async def preview(client: httpx.AsyncClient, body: dict[str, Any]) -> httpx.Response:
    return await client.post("/v1/deadline-previews", json=body, headers=by("partner"))


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("officer", [0, 1]),
        ("elsewhere", []),
        ("provider", [2]),
        ("representative", [2]),
        ("examiner", [0, 1]),
        ("applicant", []),
        ("reviewer", []),
        ("auditor", [0, 1, 2]),
    ],
)
async def test_each_role_sees_its_own_duties(
    client: httpx.AsyncClient, duties: list[Duty], name: str, seen: list[int]
) -> None:
    expected = sorted((duties[index] for index in seen), key=lambda duty: duty.due_at)

    assert await ids(client, name) == [str(duty.id) for duty in expected]


async def test_a_partner_sees_no_duties(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/duties", headers=by("partner"))

    assert answer.status_code == 403


async def test_another_agencys_duty_is_not_found(
    client: httpx.AsyncClient, duties: list[Duty]
) -> None:
    answer = await client.get(f"/v1/duties/{duties[0].id}", headers=by("elsewhere"))

    assert (answer.status_code, answer.json()["type"]) == (404, "urn:casomb:problem:duty-not-found")


async def test_a_list_is_narrowed_by_what_the_query_names(
    client: httpx.AsyncClient, duties: list[Duty]
) -> None:
    first, second, third = (str(duty.id) for duty in duties)

    assert await ids(client, "auditor", due_before="2026-12-02") == [first]
    assert await ids(client, "auditor", owner_role="officer") == [first, second]
    assert await ids(client, "auditor", owner_person=str(PROVIDER)) == [third]
    assert await ids(client, "auditor", rule="share-score", state="open") == [third]
    assert await ids(client, "auditor", subject_id=str(duties[1].subject.id)) == [second]
    assert await ids(client, "auditor", case_id=str(duties[1].case_id)) == [second]
    assert await ids(client, "auditor", owner_agency=str(PROGRAM)) == [third]


async def test_overdue_is_computed_when_asked(
    client: httpx.AsyncClient, duties: list[Duty], clock: FixedClock
) -> None:
    clock.set(datetime(2026, 12, 2, 8, tzinfo=UTC))

    late = await client.get(f"/v1/duties/{duties[0].id}", headers=by("officer"))

    assert late.json()["is_overdue"] is True
    assert await ids(client, "officer", overdue="true") == [str(duties[0].id)]
    assert await ids(client, "officer", overdue="false") == [str(duties[1].id)]


async def test_a_list_goes_on_where_its_page_ended(
    client: httpx.AsyncClient, duties: list[Duty]
) -> None:
    first = await client.get("/v1/duties?limit=2", headers=by("auditor"))
    rest = await client.get(
        "/v1/duties", params={"after": first.json()["next"]}, headers=by("auditor")
    )

    pages = [*first.json()["items"], *rest.json()["items"]]
    assert [item["due_on"] for item in pages] == ["2026-12-01", "2026-12-08", "2026-12-20"]
    assert rest.json()["next"] is None


@pytest.mark.parametrize("query", ["state=late", "limit=0", "after=x", "colour=red", "rule=a&x=1"])
async def test_a_query_that_is_wrong_is_refused(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"/v1/duties?{query}", headers=by("auditor"))

    assert answer.status_code == 422


async def test_one_duty_has_its_version_as_etag_and_its_explanation_beside_it(
    client: httpx.AsyncClient, duties: list[Duty]
) -> None:
    shown = await client.get(f"/v1/duties/{duties[0].id}", headers=by("officer"))
    explained = await client.get(f"/v1/duties/{duties[0].id}/explanation", headers=by("officer"))

    assert (shown.headers["etag"], shown.json()["state"]) == ('"1"', "open")
    assert explained.json()["due_on"] == shown.json()["due_on"]
    assert "November 26, Thanksgiving Day" in explained.json()["text"]


async def test_a_receipt_on_20_november_2026_is_due_on_1_december(
    client: httpx.AsyncClient,
) -> None:
    answer = await preview(
        client,
        {
            "edition": "standards-2012",
            "rule": "dynamic-score-to-doj",
            "facts": {"receipt": "2026-11-20"},
            "evidence": {"receipt": "R-7"},
        },
    )

    told = answer.json()
    assert (answer.status_code, told["is_owed"], told["owner_role"]) == (200, True, "officer")
    assert (told["due_on"], told["due_at"]) == ("2026-12-01", "2026-12-02T08:00:00Z")
    assert "Received on November 20, 2026 (receipt R-7)." in told["explanation"]["text"]


async def test_under_sb_1473_owner_and_clock_follow_the_assessments_date(
    client: httpx.AsyncClient,
) -> None:
    question = {"edition": "sb-1473", "rule": "dynamic-score-to-doj"}
    old_facts = {"assessment": "2024-12-20", "receipt": "2024-12-24T18:00:00Z"}

    old = (await preview(client, {**question, "facts": old_facts})).json()
    new = (await preview(client, {**question, "facts": {"assessment": "2025-01-10"}})).json()

    assert (old["owner_role"], old["due_on"]) == ("officer", "2025-01-02")
    assert (new["owner_role"], new["due_on"]) == ("provider", "2025-02-09")


async def test_a_duty_that_nobody_owes_is_answered_with_the_reason(
    client: httpx.AsyncClient,
) -> None:
    answer = await preview(
        client,
        {
            "edition": "standards-2012",
            "rule": "violence-score-to-doj",
            "facts": {"assessment": "2026-11-20"},
        },
    )

    told = answer.json()
    assert (answer.status_code, told["is_owed"], told["due_on"]) == (200, False, None)
    assert "reaches DOJ by itself" in told["reason"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"edition": "standards-1999"}, "body.edition"),
        ({"rule": "pay-the-fee"}, "body.rule"),
        ({"facts": {}}, "body.facts.receipt"),
        ({"facts": {"recept": "2026-11-20"}}, "body.facts.recept"),
        ({"facts": {"receipt": "2026-11-31"}}, "body.facts.receipt"),
        ({"facts": {"receipt": "2026-11-20T10:00:00"}}, "body.facts.receipt"),
        ({"facts": {"receipt": "soon"}}, "body.facts.receipt"),
        ({"facts": {"receipt": 20261120}}, "body.facts.receipt"),
        ({"facts": {"receipt": "9999-12-31"}}, "body.facts.receipt"),
        ({"colour": "red"}, "body.colour"),
    ],
)
async def test_a_question_that_cannot_be_answered_names_the_field(
    client: httpx.AsyncClient, change: dict[str, Any], field: str
) -> None:
    question = {
        "edition": "standards-2012",
        "rule": "dynamic-score-to-doj",
        "facts": {"receipt": "2026-11-20"},
    }

    answer = await preview(client, question | change)

    assert answer.status_code == 422
    assert field in [fault["field"] for fault in answer.json()["faults"]]


async def test_a_date_past_the_calendar_is_refused_in_words(client: httpx.AsyncClient) -> None:
    answer = await preview(
        client,
        {
            "edition": "standards-2012",
            "rule": "dynamic-score-to-doj",
            "facts": {"receipt": "2041-01-05"},
        },
    )

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:casomb:problem:calendar-ended")


async def test_a_duty_shows_what_happened_to_it_and_who_was_told(
    client: httpx.AsyncClient,
    database: Database,
    law: Law,
    clock: FixedClock,
    duties: list[Duty],
) -> None:
    clock.set(datetime(2026, 11, 28, 8, tzinfo=UTC))
    async with database.transaction(Cause(process_actor("tests"), new_id())) as tx:
        await sweep_batch(tx, law)

    shown = await client.get(f"/v1/duties/{duties[0].id}", headers=by("officer"))

    (change,), (notice,) = shown.json()["changes"], shown.json()["notices"]
    assert (change["change"], change["due_on"], change["actor"]) == (
        "opened",
        "2026-12-01",
        "process:tests",
    )
    assert (notice["kind"], notice["notify"], notice["due_on"]) == (
        "due-soon",
        "owner",
        "2026-12-01",
    )


async def test_what_happened_is_read_oldest_first_wherever_it_lies_in_the_table(
    database: Database, duties: list[Duty]
) -> None:
    async with database.transaction(Cause(process_actor("tests"), new_id())) as tx:
        await ledger.hand_over_duty(
            tx, "dynamic-score-to-doj", duties[0].subject.id, agency="b", person=None, reason="?"
        )
        moved = "UPDATE duty_changes SET actor = actor WHERE duty_id = :id AND version = 1"
        await tx.execute(text(moved), {"id": duties[0].id})
        for way in ("enable_indexscan", "enable_bitmapscan"):
            await tx.execute(text(f"SET LOCAL {way} = off"))

        read = await duty_queries.history(tx, duties[0].id)

    assert [each["change"] for each in read] == ["opened", "handed-over"]


async def test_every_due_date_that_stood_is_shown_beside_the_explanation(
    client: httpx.AsyncClient, database: Database, law: Law, duties: list[Duty]
) -> None:
    before = law.calendars["state-offices"]
    closure = Closure(date(2026, 11, 30), "day of mourning", "invented")
    after = replace(before, closures={**before.closures, closure.on: closure})
    proposal = NewCalendar(
        after.name, {**law.calendars, after.name: after}, {law.edition.hash: law.edition}
    )
    await apply(database, Cause(process_actor("tests"), new_id()), proposal, "appointed")

    shown = await client.get(f"/v1/duties/{duties[0].id}", headers=by("officer"))
    explained = await client.get(f"/v1/duties/{duties[0].id}/explanation", headers=by("officer"))

    assert (shown.json()["was_due_on"], shown.json()["due_on"]) == ("2026-12-01", "2026-12-02")
    assert "November 30, day of mourning" in explained.json()["text"]
    assert [(each["due_on"], each["change"]) for each in explained.json()["due_dates"]] == [
        ("2026-12-01", "opened"),
        ("2026-12-02", "moved"),
    ]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("due_at", [0, 1, 2]),
        ("-due_at", [2, 1, 0]),
    ],
)
async def test_duties_are_listed_in_the_order_asked_for_page_by_page(
    client: httpx.AsyncClient, duties: list[Duty], sort: str, order: list[int]
) -> None:
    first = await client.get(f"/v1/duties?sort={sort}&limit=2", headers=by("auditor"))
    cursor = first.json()["next"]
    second = await client.get(f"/v1/duties?sort={sort}&after={cursor}", headers=by("auditor"))

    listed = [item["duty_id"] for item in first.json()["items"] + second.json()["items"]]
    assert listed == [str(duties[index].id) for index in order]


async def test_what_is_still_owed_is_told_apart_from_what_is_done(
    client: httpx.AsyncClient, database: Database, duties: list[Duty]
) -> None:
    async with database.transaction(Cause(process_actor("tests"), new_id())) as tx:
        await ledger.meet_duty(tx, duties[0].rule, duties[0].subject.id, at=tx.now)

    assert await ids(client, "officer", unmet="true") == [str(duties[1].id)]
    assert await ids(client, "officer", unmet="false") == [str(duties[0].id)]
