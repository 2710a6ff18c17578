"""Drafts, endings without a decision, and the status that an applicant sees without sign-in."""

from datetime import timedelta

import httpx

from certification.domain.application_moves import ApplicationState
from certification.pages.status_view import HEADLINES
from integration.certification.board_office import BODY_LIMIT, BoardOffice, Json
from shared.identifiers import new_id
from shared.security.principals import Role
from shared.testing.clocks import FixedClock


async def _status(office: BoardOffice, token: str) -> httpx.Response:
    return await office.http.get(f"/v1/application-statuses/{token}")


async def _waiting(office: BoardOffice) -> Json:
    body = office.provider_body()
    body["documents"] = body["documents"][1:]
    submitted = await office.submit(body)
    url = f"/v1/applications/{submitted['application_id']}"
    await office.http.post(f"{url}/deficiencies", json={}, headers=office.reviewer)
    return submitted


async def test_a_draft_is_the_applicants_alone_until_it_is_submitted(office: BoardOffice) -> None:
    drafted = await office.submit(office.provider_body(draft=True, documents=[]))
    url = f"/v1/applications/{drafted['application_id']}"

    by_reviewer = await office.http.get(url, headers=office.reviewer)
    own = await office.http.get(url, headers=office.applicant)
    changed = await office.http.put(
        f"{url}/draft",
        json=office.provider_body(name="Another Name", level="associate"),
        headers=office.applicant | {"If-Match": own.headers["etag"]},
    )
    submitted = await office.http.post(f"{url}/submissions", headers=office.applicant)

    assert (drafted["state"], drafted["received_on"]) == ("draft", None)
    assert by_reviewer.status_code == 404
    assert (own.json()["state"], own.json()["waiting_on"]) == ("draft", "applicant")
    assert changed.status_code == 200
    assert submitted.status_code == 201
    assert "supervision-agreement" in submitted.json()["missing"]
    shown = await office.show(drafted["application_id"])
    assert (shown["name"], shown["received_on"]) == ("Another Name", "2026-11-20")
    assert await office.announced(drafted["application_id"]) == [
        "certification.application.submitted"
    ]


async def test_a_changed_draft_keeps_every_field_of_the_program(office: BoardOffice) -> None:
    drafted = await office.submit(office.program_body(draft=True))
    url = f"/v1/applications/{drafted['application_id']}"
    own = await office.http.get(url, headers=office.applicant)

    changed = await office.http.put(
        f"{url}/draft",
        json=office.program_body(
            name="Another Name",
            headquarters_county="Yolo",
            served_counties=["Placer"],
            client_band="41+",
            entity_type="nonprofit",
        ),
        headers=office.applicant | {"If-Match": own.headers["etag"]},
    )

    assert changed.status_code == 200
    shown = (await office.http.get(url, headers=office.applicant)).json()
    assert (shown["name"], shown["client_band"]) == ("Another Name", "41+")
    assert shown["entity_type"] == "nonprofit"
    assert (shown["headquarters_county"], shown["served_counties"]) == ("Yolo", ["Placer"])


async def test_a_withdrawn_file_is_owed_no_decision(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    url = f"/v1/applications/{submitted['application_id']}"

    seen = {"If-Match": await office.etag(submitted["application_id"])}
    answer = await office.http.post(f"{url}/withdrawals", headers=office.applicant | seen)
    again = await office.http.post(f"{url}/withdrawals", headers=office.applicant)

    duties = await office.duties("decide-application", submitted["application_id"])
    assert (answer.json()["state"], again.status_code) == ("withdrawn", 409)
    assert [each["state"] for each in duties] == ["canceled"]
    assert (await office.announced(submitted["application_id"]))[-1].endswith(".withdrawn")


async def test_a_file_is_abandoned_only_after_its_answer_was_due(
    office: BoardOffice, clock: FixedClock
) -> None:
    submitted = await _waiting(office)
    url = f"/v1/applications/{submitted['application_id']}/abandonments"

    early = await office.http.post(url, headers=office.reviewer)
    clock.advance(timedelta(days=31))
    late = await office.http.post(url, headers=office.reviewer)

    assert early.status_code == 409
    assert early.json()["type"] == "urn:casomb:problem:answer-not-overdue"
    assert early.json()["answer_due_on"] == "2026-12-20"
    assert late.json()["state"] == "abandoned"
    assert (await office.announced(submitted["application_id"]))[-1].endswith(".abandoned")


async def test_a_token_shows_where_the_file_is_and_nothing_of_whose_it_is(
    office: BoardOffice,
) -> None:
    submitted = await _waiting(office)

    answer = await _status(office, submitted["status_token"])

    said = answer.json()
    assert answer.status_code == 200
    assert (said["state"], said["waiting_on"]) == ("waiting-on-applicant", "applicant")
    assert [each["item"] for each in said["missing"]] == ["application-form"]
    assert said["answer_due_on"] == "2026-12-20"
    assert answer.headers["cache-control"] == "no-store"
    assert "Avery" not in answer.text
    for secret in (submitted["application_id"], submitted["holder_id"], str(office.applicant_id)):
        assert secret not in answer.text


async def test_a_token_shows_the_place_in_line_and_then_the_outcome(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])

    in_line = (await _status(office, submitted["status_token"])).json()
    await office.decide(submitted["application_id"])
    decided = (await _status(office, submitted["status_token"])).json()

    assert in_line["queue_position"] >= 1
    assert (in_line["due_on"], in_line["outcome"]) == ("2027-01-04", None)
    assert (decided["outcome"], decided["due_on"]) == ("granted", None)


async def test_of_a_closed_file_nothing_is_missing_and_no_answer_is_due(
    office: BoardOffice,
) -> None:
    submitted = await _waiting(office)
    url = f"/v1/applications/{submitted['application_id']}/withdrawals"
    await office.http.post(url, headers=office.applicant)

    said = (await _status(office, submitted["status_token"])).json()

    assert said["state"] == "withdrawn"
    assert (said["missing"], said["answer_due_on"]) == ([], None)


async def test_while_the_clock_stands_no_decision_is_said_to_be_due(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    url = f"/v1/applications/{submitted['application_id']}/deficiencies"
    sent = await office.http.post(
        url,
        json={"items": [{"item": "fee", "reason": "the check was not signed"}]},
        headers=office.reviewer,
    )

    said = (await _status(office, submitted["status_token"])).json()

    assert sent.status_code == 201, sent.text
    assert (said["state"], said["due_on"]) == ("waiting-on-applicant", None)
    assert said["answer_due_on"] == "2026-12-20"


async def test_a_new_token_makes_the_one_before_show_nothing(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    url = f"/v1/applications/{submitted['application_id']}/status-tokens"

    strange = await office.http.post(url, headers=office.holding(Role.APPLICANT, sub=new_id()))
    renewed = await office.http.post(url, headers=office.applicant)

    before = await _status(office, submitted["status_token"])
    after = await _status(office, renewed.json()["status_token"])
    assert (strange.status_code, renewed.status_code) == (404, 201)
    assert (before.status_code, after.status_code) == (404, 200)


async def test_a_token_that_nobody_was_given_shows_nothing(office: BoardOffice) -> None:
    unknown = await _status(office, "A" * 43)
    malformed = await _status(office, "short")

    assert (unknown.status_code, malformed.status_code) == (404, 422)
    assert unknown.json()["type"] == "urn:casomb:problem:status-not-found"


async def test_one_address_is_answered_a_limited_number_of_times(office: BoardOffice) -> None:
    answers = [await _status(office, "A" * 43) for _ in range(61)]

    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert answers[-1].json()["type"] == "urn:casomb:problem:too-many-requests"


async def test_the_page_says_in_words_where_the_file_of_a_code_is(office: BoardOffice) -> None:
    submitted = await _waiting(office)

    asked = await office.http.get("/status")
    told = await office.http.post("/status", data={"token": submitted["status_token"]})
    unknown = await office.http.post("/status", data={"token": "A" * 43})
    malformed = await office.http.post("/status", data={"token": "<script>"})

    assert asked.status_code == 200
    assert told.status_code == 200
    assert "The Board is waiting for you" in told.text
    assert "The application form, filled in and signed" in told.text
    assert "Sunday, December 20, 2026" in told.text
    assert told.headers["cache-control"] == "no-store"
    assert (unknown.status_code, malformed.status_code) == (404, 422)
    assert "<script>" not in malformed.text
    for secret in ("Avery", submitted["application_id"], submitted["status_token"]):
        assert secret not in told.text


async def test_every_state_has_its_words_on_the_page(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    code = {"token": submitted["status_token"]}
    await office.complete(submitted["application_id"])

    in_line = await office.http.post("/status", data=code)
    await office.decide(submitted["application_id"])
    decided = await office.http.post("/status", data=code)

    assert set(HEADLINES) == set(ApplicationState)
    assert "complete and waiting in line for review" in in_line.text
    assert "Place in line" in in_line.text
    assert "Granted" in decided.text


async def test_a_person_who_asks_too_often_reads_so_on_a_page(office: BoardOffice) -> None:
    answers = [await office.http.post("/status", data={"token": "x"}) for _ in range(61)]

    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert "Wait a minute, then try again." in answers[-1].text


async def test_who_must_answer_is_told_why_and_how_and_whom_to_ask(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body(documents=["fee", "attestation"]))
    asked = {"items": [{"item": "training-log", "reason": "it ends in May"}]}
    url = f"/v1/applications/{submitted['application_id']}/deficiencies"
    await office.http.post(url, json=asked, headers=office.reviewer)

    status = (await _status(office, submitted["status_token"])).json()
    page = await office.http.post("/status", data={"token": submitted["status_token"]})

    reasons = {each["item"]: each["reason"] for each in status["missing"]}
    assert (reasons["training-log"], reasons["application-form"]) == ("it ends in May", None)
    assert "it ends in May" in page.text
    assert (
        "Add the missing items to your application where you applied by Sunday, December 20, 2026."
        in page.text
    )
    assert "Questions? Contact the Board: 916 555 0100" in page.text
    assert "The log of training" in page.text


async def test_who_was_denied_is_told_where_the_reasons_are_and_until_when_to_appeal(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    await office.decide(submitted["application_id"], outcome="denied", reasons=["no license"])

    status = (await _status(office, submitted["status_token"])).json()
    page = await office.http.post("/status", data={"token": submitted["status_token"]})

    assert (status["appeal_open_until"], status["appealed_on"]) == ("2026-12-20", None)
    assert "To read the reasons, open your application where you applied" in page.text
    assert "Sunday, December 20, 2026" in page.text
    assert "no license" not in page.text


async def test_who_has_appealed_is_told_that_the_board_has_the_appeal(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    await office.decide(submitted["application_id"], outcome="denied", reasons=["no license"])
    appeals = f"/v1/applications/{submitted['application_id']}/appeals"
    filed = await office.http.post(appeals, json={"grounds": "why"}, headers=office.applicant)

    open_ = (await _status(office, submitted["status_token"])).json()
    page = await office.http.post("/status", data={"token": submitted["status_token"]})
    upheld = {"outcome": "upheld", "reasons": ["still none"]}
    url = f"{appeals}/{filed.json()['appeal_id']}/outcomes"
    await office.http.post(url, json=upheld, headers=office.holding(Role.BOARD_MANAGER))
    over = (await _status(office, submitted["status_token"])).json()

    assert (open_["appeal_open_until"], open_["appealed_on"]) == (None, "2026-11-20")
    assert (open_["appeal_outcome"], over["appeal_outcome"]) == (None, "upheld")
    assert "You may appeal" not in page.text
    assert "The Board has not decided your appeal yet" in page.text


async def test_a_second_denial_after_an_appeal_is_open_to_another(office: BoardOffice) -> None:
    submitted = await office.submit(office.provider_body())
    await office.complete(submitted["application_id"])
    denied = {"outcome": "denied", "reasons": ["no license"]}
    await office.decide(submitted["application_id"], **denied)
    appeals = f"/v1/applications/{submitted['application_id']}/appeals"
    filed = await office.http.post(appeals, json={"grounds": "why"}, headers=office.applicant)
    reversed_ = {"outcome": "reversed", "reasons": ["there is one"]}
    url = f"{appeals}/{filed.json()['appeal_id']}/outcomes"
    await office.http.post(url, json=reversed_, headers=office.holding(Role.BOARD_MANAGER))
    await office.decide(submitted["application_id"], **denied)

    status = (await _status(office, submitted["status_token"])).json()

    assert (status["outcome"], status["appealed_on"]) == ("denied", None)
    assert status["appeal_open_until"] == "2026-12-20"


async def test_the_reason_of_a_returned_item_is_on_the_status_and_on_the_notice(
    office: BoardOffice,
) -> None:
    submitted = await office.submit(office.provider_body())
    url = f"/v1/applications/{submitted['application_id']}"
    review = {"item": "fee", "outcome": "returned", "reason": "The check bounced"}
    await office.http.post(f"{url}/item-reviews", json=review, headers=office.reviewer)
    before = (await _status(office, submitted["status_token"])).json()
    await office.http.post(f"{url}/deficiencies", json={}, headers=office.reviewer)

    after = (await _status(office, submitted["status_token"])).json()
    shown = await office.show(submitted["application_id"])

    title = {"item": "fee", "title": "The fee", "reason": "The check bounced"}
    assert before["missing"] == after["missing"] == [title]
    assert shown["deficiencies"][0]["items"][0]["reason"] == "The check bounced"


async def test_more_than_a_code_is_refused_by_a_page(office: BoardOffice) -> None:
    answer = await office.http.post("/status", data={"token": "x" * (BODY_LIMIT + 1)})

    assert (answer.status_code, answer.headers["content-type"]) == (
        *(413, "text/html; charset=utf-8"),
    )
