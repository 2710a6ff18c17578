"""What a list brought in is voided again, but for what something depends on by then."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from certification.domain.credentials import InstrumentCode, RecordedSpan
from certification.use_cases.link_provider import LinkProvider, link_provider
from certification.use_cases.record_scorer_credential import (
    RecordScorerCredential,
    record_scorer_credential,
)
from certification.use_cases.record_supervision_agreement import (
    RecordSupervisionAgreement,
    record_supervision_agreement,
)
from faults.waiting import until
from integration.certification.board_office import BoardOffice, Json
from integration.certification.intake_desk import (
    PROGRAM_HEADER,
    PROVIDER_HEADER,
    IntakeDesk,
    program_lines,
    provider_lines,
)
from integration.certification.program_desk import SITE
from shared.database.transaction import Cause, Transaction
from shared.identifiers import new_id
from shared.law.in_force import load_law
from shared.security.principals import process_actor

FIRST_DAY = date(2026, 1, 1)
CHANGED = "the certification or its holder was changed afterwards"
WAITING = """
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
AGREEMENT = """
    INSERT INTO supervision_agreements (id, supervisee_id, supervisor_id, signed_on,
                                        effective_from, recorded_at, recorded_by, version)
    VALUES (gen_random_uuid(), :one, :other, '2026-01-01', '2026-01-01', now(), 'somebody', 1)
"""

MEMBERSHIP = """
    INSERT INTO program_providers (id, program_id, provider_id, effective_from, is_announced)
    VALUES (gen_random_uuid(), :program, :provider, '2026-01-01', true)
"""


@pytest.fixture
def desk(office: BoardOffice) -> IntakeDesk:
    return IntakeDesk(office)


async def _holders(desk: IntakeDesk, intake_id: str) -> list[Any]:
    """The holders that the lines made, in their order."""
    found = await desk.counted(
        "SELECT holder_id FROM certifications JOIN intake_rows r ON r.certification_id = id"
        " WHERE r.intake_id = CAST(:intake AS uuid) ORDER BY r.line",
        intake=intake_id,
    )
    return [row[0] for row in found]


async def _suspend(desk: IntakeDesk, row: Json) -> None:
    answer = await desk.office.http.post(
        f"/v1/certifications/{row['certification_id']}/suspensions",
        json={"reasons": ["a reason"]},
        headers=desk.manager,
    )
    assert answer.status_code == 201, answer.text


async def test_what_is_undone_never_held_and_nothing_is_owed_on_it(desk: IntakeDesk) -> None:
    shown = await desk.taken_in(PROGRAM_HEADER + program_lines(3, name="Undone"))
    row = (await desk.rows(shown["intake_id"]))[0]

    undone = await desk.undone(shown["intake_id"])

    certification = await desk.office.http.get(
        f"/v1/certifications/{row['certification_id']}", headers=desk.manager
    )
    owed = await desk.office.duties("renew-certification", row["certification_id"])
    directory = await desk.office.http.get("/v1/directory", params={"limit": "200"})
    assert (undone["state"], undone["counts"]["undone"]) == ("undone", 3)
    assert (certification.json()["status"], certification.json()["holds_today"]) == (
        "voided",
        False,
    )
    assert [each["state"] for each in owed] == ["canceled"]
    assert row["number"] not in {each["number"] for each in directory.json()["items"]}
    assert await desk.office.announced(row["certification_id"]) == [
        "certification.certification.recorded",
        "certification.certification.ended",
    ]


async def test_nothing_is_deleted_by_undoing(desk: IntakeDesk) -> None:
    shown = await desk.taken_in(PROGRAM_HEADER + program_lines(2, name="Still there"))
    before = await desk.office.written()

    await desk.undone(shown["intake_id"])

    after = await desk.office.written()
    changes = await desk.counted(
        "SELECT change, effective_on, reasons FROM certification_changes c"
        " JOIN intake_rows r ON r.certification_id = c.certification_id"
        " WHERE r.intake_id = CAST(:intake AS uuid) AND r.line = 2 ORDER BY c.number",
        intake=shown["intake_id"],
    )
    assert all(after[name] >= before[name] for name in after)
    assert [(change, str(on), reasons) for change, on, reasons in changes] == [
        ("granted", "2026-01-01", []),
        ("voided", "2026-01-01", ["intake-undone"]),
    ]


async def test_what_was_changed_since_is_kept_and_the_rest_undone(desk: IntakeDesk) -> None:
    shown = await desk.taken_in(PROGRAM_HEADER + program_lines(3, name="Partly"))
    await _suspend(desk, (await desk.rows(shown["intake_id"]))[1])

    begun = await desk.run(shown["intake_id"], "undoings")
    await desk.work_all()

    undone = await desk.show(shown["intake_id"])
    kept = await desk.rows(shown["intake_id"], outcome="kept")
    foreseen = [{"code": "changed-since", "message": CHANGED}]
    assert begun.json()["kept_because"] == [{**foreseen[0], "lines": 1}]
    assert undone["kept_because"] == [{**foreseen[0], "lines": 1}]
    assert (undone["counts"]["undone"], undone["counts"]["kept"]) == (2, 1)
    assert [(each["line"], each["kept_because"]) for each in kept] == [
        (3, [{"column": None, **foreseen[0]}])
    ]


async def test_a_holder_of_whom_more_was_said_since_is_kept(desk: IntakeDesk) -> None:
    shown = await desk.taken_in(PROGRAM_HEADER + program_lines(4, name="Said"))
    named, sited, linked, _ = await _holders(desk, shown["intake_id"])
    tag = {"If-Match": '"1"'}
    said = [
        (f"/v1/programs/{named}/names", {"name": "New Name", "reasons": ["it moved on"]}),
        (f"/v1/programs/{sited}/sites", SITE),
        (
            "/v1/account-links",
            {"holder_id": str(linked), "account_id": str(new_id()), "reasons": ["asked"]},
        ),
    ]
    for path, body in said:
        answer = await desk.office.http.post(path, json=body, headers=desk.manager | tag)
        assert answer.status_code == 201, answer.text

    undone = await desk.undone(shown["intake_id"])

    rows = await desk.rows(shown["intake_id"])
    assert undone["counts"]["undone"] == 1
    assert [[each["code"] for each in row["kept_because"]] for row in rows] == [
        *(["changed-since"], ["changed-since"], ["account-linked"], []),
    ]


async def test_a_provider_who_was_named_anew_since_is_kept(desk: IntakeDesk) -> None:
    shown = await desk.taken_in(PROVIDER_HEADER + provider_lines(1, name="Named"), kind="provider")
    (provider,) = await _holders(desk, shown["intake_id"])
    body = {"name": "New Name", "reasons": ["married"]}
    tag = {"If-Match": '"1"'}
    url = f"/v1/providers/{provider}/names"
    named = await desk.office.http.post(url, json=body, headers=desk.manager | tag)

    undone = await desk.undone(shown["intake_id"])

    assert named.status_code == 201, named.text
    assert [each["code"] for each in undone["kept_because"]] == ["changed-since"]


async def test_a_holder_that_others_rely_on_is_kept(desk: IntakeDesk) -> None:
    shown = await desk.taken_in(PROVIDER_HEADER + provider_lines(4, name="Rel"), kind="provider")
    supervisee, supervisor, scorer, _ = await _holders(desk, shown["intake_id"])
    await desk.write(AGREEMENT, one=supervisee, other=supervisor)
    credential = await desk.office.http.post(
        "/v1/scorer-credentials",
        json={
            "scorer_id": str(scorer),
            "instrument": "sra-fv",
            "reference": "roster",
            "effective_from": "2026-01-01",
            "effective_until": "2028-01-01",
        },
        headers=desk.manager,
    )

    undone = await desk.undone(shown["intake_id"])

    rows = await desk.rows(shown["intake_id"])
    assert credential.status_code == 201
    assert undone["counts"]["undone"] == 1
    assert [[each["code"] for each in row["kept_because"]] for row in rows] == [
        ["supervision-agreement"],
        ["supervision-agreement"],
        ["scorer-credential"],
        [],
    ]


async def test_a_program_with_providers_and_its_providers_are_kept(desk: IntakeDesk) -> None:
    programs = await desk.taken_in(PROGRAM_HEADER + program_lines(2, name="With providers"))
    providers = await desk.taken_in(
        PROVIDER_HEADER + provider_lines(2, name="Of programs"), kind="provider"
    )
    program, _ = await _holders(desk, programs["intake_id"])
    provider, _ = await _holders(desk, providers["intake_id"])
    await desk.write(MEMBERSHIP, program=program, provider=provider)

    undone = [await desk.undone(each["intake_id"]) for each in (programs, providers)]

    assert [(each["counts"]["undone"], each["counts"]["kept"]) for each in undone] == [(1, 1)] * 2
    assert {each["kept_because"][0]["code"] for each in undone} == {"program-provider"}


LAW = load_law("standards-2012")
Record = Callable[[Transaction, IntakeDesk, UUID], Awaitable[None]]


async def _link(tx: Transaction, desk: IntakeDesk, provider: UUID) -> None:
    program = await desk.office.certified(desk.office.program_body())
    await link_provider(
        tx, LAW, LinkProvider(UUID(program["holder_id"]), provider, None, None, None)
    )


async def _supervise(tx: Transaction, desk: IntakeDesk, provider: UUID) -> None:
    supervisor = await desk.office.certified(desk.office.provider_body())
    who = (provider, UUID(supervisor["holder_id"]))
    await record_supervision_agreement(
        tx, LAW, RecordSupervisionAgreement(*who, tx.today, tx.today)
    )


async def _credential(tx: Transaction, _: IntakeDesk, provider: UUID) -> None:
    span = RecordedSpan(FIRST_DAY, date(2028, 1, 1))
    await record_scorer_credential(
        tx, LAW, RecordScorerCredential(provider, InstrumentCode.SRA_FV, span, "roster")
    )


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (_link, "program-provider"),
        (_supervise, "supervision-agreement"),
        (_credential, "scorer-credential"),
    ],
)
async def test_what_is_recorded_in_the_moment_of_an_undoing_keeps_its_line(
    desk: IntakeDesk, record: Record, reason: str
) -> None:
    shown = await desk.taken_in(PROVIDER_HEADER + provider_lines(1, name=reason), kind="provider")
    (provider,) = await _holders(desk, shown["intake_id"])
    await desk.run(shown["intake_id"], "undoings")

    async with desk.office.database.transaction(Cause(process_actor("board"), new_id())) as tx:
        await record(tx, desk, provider)
        undoing = asyncio.create_task(desk.work_all())

        async def is_waiting_or_done() -> bool:
            return undoing.done() or bool(await desk.counted(WAITING))

        await until(is_waiting_or_done)
    await undoing

    rows = await desk.rows(shown["intake_id"])
    assert [[each["code"] for each in row["kept_because"]] for row in rows] == [[reason]]


async def test_a_renewal_that_was_asked_for_keeps_its_certification(desk: IntakeDesk) -> None:
    shown = await desk.taken_in(PROVIDER_HEADER + provider_lines(1, name="Ren"), kind="provider")
    row = (await desk.rows(shown["intake_id"]))[0]
    link = {
        "holder_id": str((await _holders(desk, shown["intake_id"]))[0]),
        "account_id": str(desk.office.applicant_id),
        "reasons": ["a reason"],
    }
    await desk.office.http.post("/v1/account-links", json=link, headers=desk.manager)
    renewal = desk.office.provider_body(purpose="renewal", certification_id=row["certification_id"])
    await desk.office.submit(renewal)

    undone = await desk.undone(shown["intake_id"])

    codes = [each["code"] for each in undone["kept_because"]]
    assert codes == ["account-linked", "applied-for"]


async def test_what_could_not_be_undone_is_looked_at_again(desk: IntakeDesk) -> None:
    shown = await desk.taken_in(PROGRAM_HEADER + program_lines(2, name="Again"))
    await _suspend(desk, (await desk.rows(shown["intake_id"]))[0])
    await desk.undone(shown["intake_id"])

    again = await desk.undone(shown["intake_id"])

    assert (again["counts"]["undone"], again["counts"]["kept"]) == (1, 1)
    assert [each["kind"] for each in again["runs"]] == ["applying", "undoing", "undoing"]


async def test_a_mended_list_takes_the_numbers_that_were_undone(desk: IntakeDesk) -> None:
    line = "PRG-007001,Mended {},Yolo,,2026-01-01,2028-01-01\n"
    wrong = await desk.taken_in(PROGRAM_HEADER + line.format("Wrong"))
    await desk.undone(wrong["intake_id"])

    right = await desk.taken_in(PROGRAM_HEADER + line.format("Right"))

    rows = await desk.rows(right["intake_id"])
    assert [(row["number"], row["outcome"]) for row in rows] == [("PRG-007001", "made")]


@pytest.mark.parametrize("state", ["checked", "unknown"])
async def test_there_must_be_something_to_undo(desk: IntakeDesk, state: str) -> None:
    checked = await desk.checked(PROGRAM_HEADER + program_lines(1, name=f"Nothing {state}"))
    ids = {"checked": (checked["intake_id"], 409), "unknown": (str(new_id()), 404)}
    intake_id, status = ids[state]

    answer = await desk.run(intake_id, "undoings")

    assert answer.status_code == status
