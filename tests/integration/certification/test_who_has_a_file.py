"""Who has a file owes its decision: given, begun, given back, withdrawn, and by whom."""

from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from integration.certification.board_office import BoardOffice, Json
from shared.security.principals import Role


@pytest.fixture
async def file(office: BoardOffice) -> Json:
    """A file in line that nobody has."""
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    return submitted


async def _post(
    office: BoardOffice, file: Json, what: str, who: dict[str, str], body: Json | None = None
) -> httpx.Response:
    url = f"/v1/applications/{file['application_id']}/{what}"
    return await office.http.post(url, json=body, headers=who)


async def _owners(office: BoardOffice, file: Json) -> list[str | None]:
    """Who owed the decision, from the first to the last."""
    (duty,) = await office.duties("decide-application", file["application_id"])
    answer = await office.http.get(f"/v1/duties/{duty['duty_id']}", headers=office.reviewer)
    return [each["owner_person"] for each in answer.json()["changes"]]


async def _open_assignments(office: BoardOffice, file: Json) -> list[UUID]:
    statement = text(
        "SELECT reviewer_id FROM assignments WHERE application_id = :id AND ended_at IS NULL"
    )
    async with office.database.engine.connect() as connection:
        found = await connection.execute(statement, {"id": UUID(file["application_id"])})
        return list(found.scalars())


async def test_who_begins_a_review_owes_the_decision_until_the_file_is_given_back(
    office: BoardOffice, file: Json
) -> None:
    begun = await _post(office, file, "reviews", office.reviewer)
    has_it = await _open_assignments(office, file)
    released = await _post(office, file, "releases", office.reviewer)

    assert (begun.status_code, released.status_code) == (201, 201)
    assert await _owners(office, file) == [None, str(office.reviewer_id), None]
    assert (has_it, await _open_assignments(office, file)) == ([office.reviewer_id], [])


async def test_a_reviewer_gives_back_no_file_of_anothers_and_a_manager_does(
    office: BoardOffice, file: Json
) -> None:
    await _post(office, file, "reviews", office.reviewer)

    by_another = await _post(office, file, "releases", office.holding(Role.BOARD_REVIEWER))
    by_manager = await _post(office, file, "releases", office.manager)

    assert (by_another.status_code, by_manager.status_code) == (403, 201)
    assert by_another.json()["type"] == "urn:casomb:problem:not-your-file"


async def test_a_release_on_a_version_that_stands_no_longer_is_refused(
    office: BoardOffice, file: Json
) -> None:
    seen = {"If-Match": await office.etag(file["application_id"])}
    await _post(office, file, "reviews", office.reviewer)

    answer = await _post(office, file, "releases", office.reviewer | seen)

    assert answer.status_code == 412


async def test_an_interest_declared_after_a_review_began_bars_from_the_decision(
    office: BoardOffice, file: Json
) -> None:
    await _post(office, file, "reviews", office.reviewer)
    seen = {"If-Match": await office.etag(file["application_id"])}
    conflict = {
        "reviewer": str(office.reviewer_id),
        "holder_id": file["holder_id"],
        "reason": "a cousin",
    }
    await office.http.post("/v1/conflicts-of-interest", json=conflict, headers=office.manager)

    verdict = {"outcome": "granted"}
    answer = await _post(office, file, "decisions", office.reviewer | seen, verdict)

    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:casomb:problem:conflict-of-interest"


async def test_a_withdrawn_file_is_nobodys_and_no_answer_to_its_notice_is_owed(
    office: BoardOffice, file: Json
) -> None:
    given = {"reviewer": str(office.reviewer_id)}
    await _post(office, file, "assignments", office.manager, given)
    asked = {"items": [{"item": "fee", "reason": "the check was not signed"}]}
    await _post(office, file, "deficiencies", office.reviewer, asked)
    shown = await office.show(file["application_id"])

    withdrawn = await _post(office, file, "withdrawals", office.applicant)

    notice = shown["deficiencies"][0]["deficiency_id"]
    owed = await office.duties("answer-deficiency", notice)
    assert withdrawn.status_code == 201, withdrawn.text
    assert [each["state"] for each in owed] == ["canceled"]
    assert await _open_assignments(office, file) == []
