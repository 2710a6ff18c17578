"""Who changes a file is told the version it has since, so that the next change needs no look."""

import httpx

from integration.certification.board_office import PROVIDER_ITEMS, BoardOffice, Json
from shared.identifiers import new_id
from shared.security.principals import Role

DENIED: Json = {"outcome": "denied", "reasons": ["the log does not add up"]}


async def test_a_file_is_led_from_its_submission_to_a_reversed_denial_by_what_was_answered(
    office: BoardOffice,
) -> None:
    manager = office.holding(Role.BOARD_MANAGER, sub=new_id())
    items = [each for each in PROVIDER_ITEMS if each != "fee"]
    body = office.provider_body(documents=items)
    answers = [await office.http.post("/v1/applications", json=body, headers=office.applicant)]
    url = f"/v1/applications/{answers[0].json()['application_id']}"

    async def then(path: str, who: dict[str, str], sent: Json | None = None) -> httpx.Response:
        seen = {"If-Match": answers[-1].headers["etag"]}
        answers.append(await office.http.post(url + path, json=sent, headers=who | seen))
        return answers[-1]

    await then("/deficiencies", office.reviewer, {})
    await then("/documents", office.applicant, {"item": "fee"})
    await then("/completions", office.reviewer)
    await then("/decisions", office.reviewer, DENIED)
    appeal = await then("/appeals", office.applicant, {"grounds": "it does add up"})
    outcome = {"outcome": "reversed", "reasons": ["it does"]}
    await then(f"/appeals/{appeal.json()['appeal_id']}/outcomes", manager, outcome)

    assert [answer.status_code for answer in answers] == [201] * 7
    assert [answer.headers["etag"] for answer in answers] == [
        *('"1"', '"2"', '"3"', '"4"', '"5"'),  # submitted, deficient, answered, complete, denied
        *('"5"', '"6"'),  # an appeal leaves the file as it was, its outcome does not
    ]
