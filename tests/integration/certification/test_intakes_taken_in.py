"""A list is looked at, line by line, and then taken in by the clerk."""

import asyncio

import pytest

from certification.settings import Settings
from integration.certification.board_office import BoardOffice
from integration.certification.intake_desk import (
    PROGRAM_HEADER,
    PROVIDER_HEADER,
    IntakeDesk,
    program_lines,
    provider_lines,
)
from shared.security.principals import Role

MIXED = (
    PROGRAM_HEADER + "PRG-000900,Alpha Mixed,Sacramento,Yolo,2026-01-01,2028-01-01\n"
    ",Beta Mixed,Reno,,2026-01-01,soon\n"
    ",Gamma Mixed,Yolo,,2020-01-01,2022-01-01\n"
    ",Delta Mixed\n"
)


@pytest.fixture
def desk(office: BoardOffice) -> IntakeDesk:
    return IntakeDesk(office)


async def test_a_checked_list_says_of_each_line_what_would_come_of_it(desk: IntakeDesk) -> None:
    before = await desk.office.written()

    checked = await desk.checked(MIXED)

    rows = await desk.rows(checked["intake_id"])
    refusals = [[(each["column"], each["code"]) for each in row["refusals"]] for row in rows]
    assert (checked["state"], checked["lines"], checked["doubtful"]) == ("checked", 4, 1)
    assert (checked["counts"]["ready"], checked["counts"]["refused"]) == (2, 2)
    assert [(row["line"], row["outcome"], row["number"]) for row in rows] == [
        (2, "ready", "PRG-000900"),
        (3, "refused", None),
        (4, "ready", None),
        (5, "refused", None),
    ]
    assert refusals == [
        [],
        [("headquarters_county", "unknown-county"), ("effective_until", "malformed-date")],
        [],
        [("headquarters_county", "missing-column")],
    ]
    assert [each["code"] for each in rows[2]["doubts"]] == ["expired"]
    after = await desk.office.written()
    assert {name for name in after if after[name] != before[name]} == {"audit_entries"}


async def test_a_list_with_refused_lines_is_taken_in_only_without_them(desk: IntakeDesk) -> None:
    checked = await desk.checked(MIXED.replace("PRG-000900", "PRG-000901"))

    refused = await desk.run(checked["intake_id"])
    begun = await desk.run(checked["intake_id"], skip_refused=True)
    await desk.work_all()

    shown = await desk.show(checked["intake_id"])
    assert (refused.status_code, refused.json()["refused"]) == (409, 2)
    assert (begun.status_code, begun.json()["state"]) == (202, "applying")
    assert shown["state"] == "applied"
    assert (shown["counts"]["made"], shown["counts"]["refused"]) == (2, 2)


async def test_a_line_makes_a_certified_program_in_the_directory(desk: IntakeDesk) -> None:
    line = ",Alone Program,Alpine,Mono|Inyo,2026-01-01,2028-01-01\n"

    shown = await desk.taken_in(PROGRAM_HEADER + line)

    row = (await desk.rows(shown["intake_id"]))[0]
    directory = await desk.office.http.get("/v1/directory", params={"county": "Mono"})
    owed = await desk.office.duties("renew-certification", row["certification_id"])
    certification = await desk.office.http.get(
        f"/v1/certifications/{row['certification_id']}", headers=desk.manager
    )
    entries = directory.json()["items"]
    assert [(each["number"], each["certified_since"]) for each in entries] == [
        (row["number"], "2026-01-01")
    ]
    assert (certification.json()["status"], certification.json()["level"]) == ("certified", None)
    assert [(each["due_on"], each["state"]) for each in owed] == [("2027-12-31", "open")]
    assert await desk.office.announced(row["certification_id"]) == [
        "certification.certification.recorded"
    ]


async def test_a_program_is_found_by_the_languages_that_its_line_has(desk: IntakeDesk) -> None:
    header = PROGRAM_HEADER.strip() + ",languages,accepting_clients\n"
    line = ",Lingual Program,Modoc,,2026-01-01,2028-01-01,es|Vietnamese,yes\n"

    shown = await desk.taken_in(header + line)

    row = (await desk.rows(shown["intake_id"]))[0]
    asked = {"county": "Modoc", "language": "vi", "accepting_clients": "true"}
    directory = await desk.office.http.get("/v1/directory", params=asked)
    assert [each["number"] for each in directory.json()["items"]] == [row["number"]]


async def test_a_provider_has_its_level_and_whoever_asked_for_it_recorded_it(
    desk: IntakeDesk,
) -> None:
    shown = await desk.taken_in(PROVIDER_HEADER + provider_lines(1, name="Rec"), kind="provider")

    row = (await desk.rows(shown["intake_id"]))[0]
    kept = await desk.counted(
        "SELECT c.level, ch.change, ch.recorded_by, d.actor"
        " FROM certifications c JOIN certification_changes ch ON ch.certification_id = c.id"
        " JOIN duties ON duties.subject_id = c.id JOIN duty_changes d ON d.duty_id = duties.id"
        " WHERE c.number = :number",
        number=row["number"],
    )
    asker = str(desk.office.reviewer_id)
    assert kept == [("independent", "granted", asker, asker)]
    assert row["number"].startswith("PRV-")


async def test_a_term_that_is_over_is_recorded_and_nobody_owes_its_renewal(
    desk: IntakeDesk,
) -> None:
    line = ",Over Program,Yolo,,2020-01-01,2022-01-01\n"

    shown = await desk.taken_in(PROGRAM_HEADER + line)

    row = (await desk.rows(shown["intake_id"]))[0]
    certification = await desk.office.http.get(
        f"/v1/certifications/{row['certification_id']}", headers=desk.manager
    )
    assert certification.json()["status"] == "expired"
    assert await desk.office.duties("renew-certification", row["certification_id"]) == []


async def test_numbers_of_a_list_are_kept_and_none_is_drawn_again(desk: IntakeDesk) -> None:
    lines = (
        "PRG-004001,Kept One,Yolo,,2026-01-01,2028-01-01\n"
        ",Drawn One,Yolo,,2026-01-01,2028-01-01\n"
        "PRG-004003,Kept Two,Yolo,,2026-01-01,2028-01-01\n"
    )

    shown = await desk.taken_in(PROGRAM_HEADER + lines)
    granted = await desk.office.certified(desk.office.program_body(name="After The List"))

    rows = await desk.rows(shown["intake_id"])
    assert [row["number"] for row in rows] == ["PRG-004001", "PRG-004004", "PRG-004003"]
    assert granted["number"] == "PRG-004005"


async def test_a_number_that_became_anothers_since_the_check_is_refused_when_taken_in(
    desk: IntakeDesk,
) -> None:
    line = "PRG-005001,{},Yolo,,2026-01-01,2028-01-01\n"
    late = await desk.checked(PROGRAM_HEADER + line.format("Late") + program_lines(1, name="L"))
    await desk.taken_in(PROGRAM_HEADER + line.format("Early"))

    await desk.run(late["intake_id"])
    await desk.work_all()

    rows = await desk.rows(late["intake_id"])
    assert [row["outcome"] for row in rows] == ["refused", "made"]
    assert [each["code"] for each in rows[0]["refusals"]] == ["number-taken"]


async def test_a_taken_number_and_a_likely_double_are_found_when_checked(desk: IntakeDesk) -> None:
    line = "{},Known Program,Yolo,,2026-01-01,2028-01-01\n"
    await desk.taken_in(PROGRAM_HEADER + line.format("PRG-006001"))

    checked = await desk.checked(PROGRAM_HEADER + line.format("PRG-006001") + line.format(""))

    rows = await desk.rows(checked["intake_id"])
    assert [each["code"] for each in rows[0]["refusals"]] == ["number-taken"]
    assert {each["code"] for each in rows[1]["doubts"]} == {"known-already", "listed-twice"}


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("provider", PROVIDER_HEADER + "lately  NAMED;independent;2026-01-01;2028-01-01\n"),
        ("program", PROGRAM_HEADER + ",lately  NAMED,Sacramento,,2026-01-01,2028-01-01\n"),
    ],
)
async def test_a_holder_that_took_another_name_is_known_by_the_new_one(
    desk: IntakeDesk, kind: str, line: str
) -> None:
    bodies = {"provider": desk.office.provider_body(), "program": desk.office.program_body()}
    granted = await desk.office.certified(bodies[kind])
    named = await desk.office.http.post(
        f"/v1/{kind}s/{granted['holder_id']}/names",
        json={"name": "Lately Named", "reasons": ["as the Board was told"]},
        headers=desk.manager | {"If-Match": '"1"'},
    )

    checked = await desk.checked(line, kind=kind)

    (row,) = await desk.rows(checked["intake_id"])
    assert named.status_code == 201, named.text
    assert [each["code"] for each in row["doubts"]] == ["known-already"]


async def test_a_list_is_taken_in_once(desk: IntakeDesk) -> None:
    shown = await desk.taken_in(PROGRAM_HEADER + program_lines(1, name="Once"))

    again = await desk.run(shown["intake_id"])

    assert again.status_code == 409
    assert again.json()["type"] == "urn:casomb:problem:already-applied"


async def test_the_very_same_list_is_not_taken_in_beside_itself(desk: IntakeDesk) -> None:
    content = PROGRAM_HEADER + program_lines(2, name="Sent by two")
    first, second = await desk.checked(content), await desk.checked(content)
    begun, meanwhile = await desk.run(first["intake_id"]), await desk.run(second["intake_id"])
    await desk.work_all()

    afterwards = await desk.run(second["intake_id"])
    await desk.undone(first["intake_id"])
    undone = await desk.run(second["intake_id"])

    answers = (begun, meanwhile, afterwards, undone)
    assert [each.status_code for each in answers] == [202, 409, 409, 202]
    for each in (meanwhile, afterwards):
        assert each.json()["type"] == "urn:casomb:problem:same-list"
        assert each.json()["intake_id"] == first["intake_id"]


async def test_two_who_begin_the_same_list_at_once_begin_it_once(desk: IntakeDesk) -> None:
    content = PROGRAM_HEADER + program_lines(2, name="At once by two")
    checked = [await desk.checked(content) for _ in range(2)]

    answers = await asyncio.gather(*(desk.run(each["intake_id"]) for each in checked))
    await desk.work_all()

    assert sorted(each.status_code for each in answers) == [202, 409]


async def test_lines_are_paged_and_narrowed_by_outcome(desk: IntakeDesk) -> None:
    checked = await desk.checked(PROGRAM_HEADER + program_lines(3, name="Paged") + ",x,Reno,,,\n")
    path = f"/v1/intakes/{checked['intake_id']}/rows"

    first = await desk.office.http.get(path, params={"limit": "2"}, headers=desk.manager)
    rest = await desk.office.http.get(
        path, params={"limit": "2", "after": first.json()["next"]}, headers=desk.manager
    )
    refused = await desk.rows(checked["intake_id"], outcome="refused")

    lines = [each["line"] for page in (first, rest) for each in page.json()["items"]]
    assert lines == [2, 3, 4, 5]
    assert [each["line"] for each in refused] == [5]


async def test_the_report_is_a_table_in_which_nothing_is_a_formula(desk: IntakeDesk) -> None:
    line = ",=cmd|' /C calc'!A0,Yolo,,2026-01-01,2028-01-01\n"
    checked = await desk.checked(PROGRAM_HEADER + line + ",,Reno,,2026-01-01,2028-01-01\n")

    report = (await desk.report(checked["intake_id"])).splitlines()

    assert report[0].startswith("line,outcome,number,certification_id,refusals,doubts,kept,sent_")
    assert "'=cmd" in report[1]
    assert "name must not be empty; headquarters_county is not a county of" in report[2]


@pytest.mark.parametrize(
    ("content", "media", "code"),
    [
        (b"", "text/csv", "unreadable-list"),
        (b"\xff\xfe", "text/csv", "unreadable-list"),
        (b"name,level\nA,B\n", "text/csv", "unreadable-list"),
        (b"{}", "application/json", "not-csv"),
    ],
)
async def test_what_is_no_list_is_refused_and_nothing_of_it_kept(
    desk: IntakeDesk, content: bytes, media: str, code: str
) -> None:
    answer = await desk.office.http.post(
        "/v1/intakes?kind=program", content=content, headers=desk.manager | {"Content-Type": media}
    )

    assert answer.status_code == 422
    assert answer.json()["type"] == f"urn:casomb:problem:{code}"
    assert answer.json()["faults"]


async def test_a_list_may_be_larger_than_other_bodies_up_to_its_own_limit(
    desk: IntakeDesk, settings: Settings
) -> None:
    larger_than_json = PROGRAM_HEADER + program_lines(200, name="Large")
    too_large = b" " * (settings.intake_limit_bytes + 1)

    taken = await desk.send(larger_than_json)
    refused = await desk.send(too_large)

    assert len(larger_than_json) > settings.http_body_limit_bytes
    assert (taken.status_code, refused.status_code) == (201, 413)


async def test_a_repeated_list_is_looked_at_once(desk: IntakeDesk) -> None:
    headers = desk.manager | {"Content-Type": "text/csv", "Idempotency-Key": "the-list"}
    content = PROGRAM_HEADER + program_lines(1, name="Repeated")

    answers = [
        await desk.office.http.post("/v1/intakes?kind=program", content=content, headers=headers)
        for _ in range(2)
    ]

    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotency-replayed"] == "true"


async def test_only_a_manager_takes_lists_in_and_the_board_sees_them(
    desk: IntakeDesk,
) -> None:
    checked = await desk.checked(PROGRAM_HEADER + program_lines(1, name="Seen"))
    path = f"/v1/intakes/{checked['intake_id']}"

    seen = [
        (await desk.office.http.get(path, headers=desk.office.holding(role))).status_code
        for role in (Role.BOARD_REVIEWER, Role.AUDITOR, Role.OPERATOR, Role.OFFICER)
    ]
    asked = await desk.office.http.post(f"{path}/runs", json={}, headers=desk.office.reviewer)

    assert seen == [200, 200, 200, 403]
    assert asked.status_code == 403


async def test_intakes_are_listed_the_latest_first(desk: IntakeDesk) -> None:
    made = [
        (await desk.checked(PROGRAM_HEADER + program_lines(1, name=f"L{n}")))["intake_id"]
        for n in range(3)
    ]

    first = await desk.office.http.get("/v1/intakes", params={"limit": "2"}, headers=desk.manager)
    following = {"limit": "1", "after": first.json()["next"]}
    rest = await desk.office.http.get("/v1/intakes", params=following, headers=desk.manager)

    shown = [each["intake_id"] for each in (*first.json()["items"], *rest.json()["items"])]
    assert shown == made[::-1]


async def test_no_name_of_a_list_is_in_what_is_announced(desk: IntakeDesk) -> None:
    await desk.taken_in(PROGRAM_HEADER + program_lines(2, name="Secretly Named"))

    named = await desk.counted(
        "SELECT count(*) FROM outbox WHERE convert_from(data, 'UTF8') LIKE '%Secretly%'"
    )

    assert named == [(0,)]
