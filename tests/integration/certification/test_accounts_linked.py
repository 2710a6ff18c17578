"""The Board says which sign-in account acts for a holder: it renews, sees the files and answers."""

from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from integration.certification.board_office import BoardOffice
from integration.certification.intake_desk import PROVIDER_HEADER, IntakeDesk, provider_lines
from shared.identifiers import new_id
from shared.security.principals import Role


async def _link(
    office: BoardOffice,
    holder_id: str,
    account_id: UUID | None,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    body = {
        "holder_id": holder_id,
        "account_id": str(account_id) if account_id else None,
        "reasons": ["the provider showed an identity card at the counter"],
    }
    manager = headers or office.holding(Role.BOARD_MANAGER)
    return await office.http.post("/v1/account-links", json=body, headers=manager)


async def _listed(office: BoardOffice, name: str) -> tuple[str, str]:
    """A provider that a list brought in: its certification and its id."""
    desk = IntakeDesk(office)
    shown = await desk.taken_in(PROVIDER_HEADER + provider_lines(1, name=name), kind="provider")
    row = (await desk.rows(shown["intake_id"]))[0]
    url = f"/v1/certifications/{row['certification_id']}"
    certification = await office.http.get(url, headers=office.reviewer)
    return row["certification_id"], certification.json()["holder_id"]


async def test_a_holder_from_a_list_renews_once_its_account_is_linked(office: BoardOffice) -> None:
    certification_id, holder_id = await _listed(office, "Listed Linked")
    renewal = office.provider_body(purpose="renewal", certification_id=certification_id)
    unlinked = await office.http.post("/v1/applications", json=renewal, headers=office.applicant)

    linked = await _link(office, holder_id, office.applicant_id)

    renewed = await office.certified(renewal)
    owed = await office.duties("renew-certification", certification_id)
    assert (unlinked.status_code, linked.status_code) == (404, 201)
    assert linked.json()["former_account_id"] is None
    assert renewed["holder_id"] == holder_id
    assert [each["state"] for each in owed] == ["met"]


async def test_an_applicant_whose_sign_in_changed_is_moved_with_all_its_files(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body(documents=["fee"]))
    url = f"/v1/applications/{submitted['application_id']}"
    notice = await office.http.post(f"{url}/deficiencies", json={}, headers=office.reviewer)
    former, now = office.applicant, new_id()

    linked = await _link(office, submitted["holder_id"], now)

    new = office.holding(Role.APPLICANT, sub=now)
    owed = await office.duties("answer-deficiency", notice.json()["deficiency_id"])
    assert linked.json()["former_account_id"] == str(office.applicant_id)
    assert (await office.http.get(url, headers=former)).status_code == 404
    assert (await office.http.get(url, headers=new)).status_code == 200
    assert [each["owner_person"] for each in owed] == [str(now)]


async def test_nobody_renews_for_a_holder_without_an_account(office: BoardOffice) -> None:
    granted = await office.certified(office.provider_body())
    application = f"/v1/applications/{granted['application_id']}"

    unlinked = await _link(office, granted["holder_id"], None)

    renewal = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    refused = await office.http.post("/v1/applications", json=renewal, headers=office.applicant)
    assert (unlinked.status_code, refused.status_code) == (201, 404)
    assert (await office.http.get(application, headers=office.applicant)).status_code == 404
    assert (await office.show(granted["application_id"]))["state"] == "decided"


async def test_a_change_of_account_is_on_record_and_in_no_event(office: BoardOffice) -> None:
    granted = await office.certified(office.program_body(name="Recorded Program"))
    account = new_id()
    manager = office.holding(Role.BOARD_MANAGER, sub=office.reviewer_id)

    await _link(office, granted["holder_id"], account, manager)

    listed = await office.http.get(
        "/v1/account-links", params={"holder_id": granted["holder_id"]}, headers=manager
    )
    change = listed.json()["items"][0]
    async with office.database.engine.connect() as connection:
        audited = await connection.execute(
            text("SELECT actor, action FROM audit_entries WHERE subject_id = :id"),
            {"id": UUID(granted["holder_id"])},
        )
        told = await connection.execute(
            text("SELECT count(*) FROM outbox WHERE convert_from(data, 'UTF8') LIKE :account"),
            {"account": f"%{account}%"},
        )
    assert listed.json()["account_id"] == str(account)
    assert (change["kind"], change["changed_by"]) == ("program", str(office.reviewer_id))
    assert change["reasons"] == ["the provider showed an identity card at the counter"]
    assert (str(office.reviewer_id), "account.linked") in [tuple(row) for row in audited]
    assert told.scalar_one() == 0


@pytest.mark.parametrize(
    ("role", "sub", "account", "status", "code"),
    [
        (Role.BOARD_REVIEWER, "reviewer", "new", 403, "role-missing"),
        (Role.BOARD_MANAGER, "reviewer", "reviewer", 403, "conflict-of-interest"),
        (Role.BOARD_MANAGER, "applicant", "new", 403, "conflict-of-interest"),
        (Role.BOARD_MANAGER, "reviewer", "applicant", 409, "account-linked-already"),
    ],
)
async def test_an_account_is_linked_by_a_manager_who_has_no_part_in_it(
    office: BoardOffice, role: Role, sub: str, account: str, status: int, code: str
) -> None:
    accounts = {
        "reviewer": office.reviewer_id,
        "applicant": office.applicant_id,
        "new": new_id(),
    }
    submitted = await office.submit(office.provider_body())
    headers = office.holding(role, sub=accounts[sub])

    answer = await _link(office, submitted["holder_id"], accounts[account], headers)

    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:casomb:problem:{code}")


async def test_an_account_is_not_linked_with_a_holder_that_nobody_knows(
    office: BoardOffice,
) -> None:
    answer = await _link(office, str(new_id()), new_id())

    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:casomb:problem:holder-not-found"
