"""Who may look up what goes to DOJ, and what they see of it."""

from typing import Any
from uuid import uuid4

import httpx

from integration.doj_gateway.gateway_world import Score, World
from integration.doj_gateway.test_noticing import a_notice
from shared.security.principals import Role
from shared.testing.tokens import LocalIssuer

Headers = dict[str, str]


def officer_of(issuer: LocalIssuer, score: Score) -> Headers:
    """The officer of the score's case."""
    return issuer.authorization(Role.OFFICER, sub=score.officer_id, agency=score.agency)


async def items(http: httpx.AsyncClient, path: str, headers: Headers) -> list[dict[str, Any]]:
    """The first page of a list."""
    answer = await http.get(path, headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_both_sides_see_the_submission_and_others_do_not(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    score = await world.queued()
    path = f"/v1/submissions?case_id={score.case_id}"
    viewers = [
        officer_of(issuer, score),
        issuer.authorization(Role.AGENCY_LEAD, agency=score.agency, unit="any"),
        issuer.authorization(Role.PROVIDER, provider=score.provider_id),
        issuer.authorization(Role.PROGRAM_REPRESENTATIVE, program=score.program_id),
        issuer.authorization(Role.AUDITOR),
        issuer.authorization(Role.OPERATOR),
    ]
    strangers = [
        issuer.authorization(Role.OFFICER, agency="another-agency"),
        issuer.authorization(Role.OFFICER),
        issuer.authorization(Role.PROVIDER, provider=uuid4()),
        issuer.authorization(Role.PROVIDER, agency=score.agency),
    ]

    seen = [len(await items(http, path, viewer)) for viewer in viewers]
    unseen = [len(await items(http, path, stranger)) for stranger in strangers]

    assert (seen, unseen) == ([1] * 6, [0] * 4)


async def test_a_case_that_changed_agencies_is_seen_by_the_new_one_alone(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    score = await world.queued()
    before = officer_of(issuer, score)
    path = f"/v1/submissions?case_id={score.case_id}"

    moved = Score(case_id=score.case_id)
    await world.happens(moved.case_opened())

    assert await items(http, path, before) == []
    assert len(await items(http, path, officer_of(issuer, moved))) == 1


async def test_one_submission_shows_its_attempts_and_never_the_form(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    score = await world.queued()
    async with world.sending():
        row = await world.until_state(score, "acknowledged")

    shown = await http.get(f"/v1/submissions/{row['id']}", headers=officer_of(issuer, score))

    body = shown.json()
    assert shown.headers["etag"] == f'"{row["revision"]}"'
    assert (body["state"], body["reference"]) == ("acknowledged", score.reference)
    assert [(each["number"], each["outcome"]) for each in body["attempts"]] == [(1, "accepted")]
    assert "Example" not in shown.text
    audited = "SELECT 1 FROM audit_entries WHERE subject_id = :id AND action = 'submission.read'"
    assert len(await world.rows(audited, id=row["id"])) == 1


def of_unit(issuer: LocalIssuer, score: Score, unit: str | None) -> Headers:
    """An officer of the case's agency who does not supervise it."""
    return issuer.authorization(Role.OFFICER, agency=score.agency, unit=unit)


async def test_a_units_submissions_and_duties_are_that_units(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    score = await world.queued(Score(unit="adult"))
    paths = [f"/v1/{what}?case_id={score.case_id}" for what in ("submissions", "duties")]
    duty_id = (await world.duties(score))["dynamic-score-to-doj"]["id"]

    async def sees(headers: Headers) -> tuple[list[bool], list[int]]:
        lists = [bool(await items(http, path, headers)) for path in paths]
        single = (f"/v1/duties/{duty_id}", f"/v1/duties/{duty_id}/explanation")
        return lists, [(await http.get(path, headers=headers)).status_code for path in single]

    everything, nothing = ([True, True], [200, 200]), ([False, False], [404, 404])
    assert await sees(officer_of(issuer, score)) == everything
    assert await sees(of_unit(issuer, score, "adult")) == everything
    assert await sees(of_unit(issuer, score, "*")) == everything
    assert await sees(of_unit(issuer, score, "juvenile")) == nothing
    assert await sees(of_unit(issuer, score, None)) == nothing


async def test_every_list_of_a_case_is_on_the_audit_record(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    score = await world.queued(Score(instrument="ls-cmi"))
    await world.queued(
        Score(case_id=score.case_id, agency=score.agency, officer_id=score.officer_id)
    )

    for what in ("submissions", "expectations", "duties", "notices"):
        await items(http, f"/v1/{what}?case_id={score.case_id}", officer_of(issuer, score))

    entries = await world.rows(
        "SELECT action, subject_kind, authority FROM audit_entries"
        " WHERE subject_id = :id ORDER BY id",
        id=score.case_id,
    )
    assert [tuple(each.values()) for each in entries] == [
        ("submission.listed", "case", "team-member"),
        ("expectation.listed", "case", "team-member"),
        ("duty.listed", "case", "team-member"),
    ]


async def test_a_submission_of_others_is_not_found(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    row = await world.submission(await world.queued())
    stranger = issuer.authorization(Role.OFFICER, agency="another-agency")

    answer = await http.get(f"/v1/submissions/{row['id']}", headers=stranger)

    assert answer.status_code == 404


async def test_lists_come_in_pages_without_gaps(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    first = await world.queued()
    for _ in range(2):
        await world.queued(Score(case_id=first.case_id, agency=first.agency))
    path = f"/v1/submissions?case_id={first.case_id}&limit=2"
    officer = officer_of(issuer, first)

    page = (await http.get(path, headers=officer)).json()
    rest = (await http.get(f"{path}&after={page['next']}", headers=officer)).json()

    ids = [each["submission_id"] for each in page["items"] + rest["items"]]
    assert (len(ids), len(set(ids)), rest["next"]) == (3, 3, None)


async def test_both_sides_see_what_is_expected_and_operators_what_is_unmatched(
    world: World, http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    score = Score(instrument="ls-cmi")
    await world.queued(score)
    notice = a_notice()
    await http.post("/v1/notices", json=notice, headers=issuer.authorization(Role.DOJ))

    expected = await items(
        http, f"/v1/expectations?case_id={score.case_id}", officer_of(issuer, score)
    )
    told = await items(http, "/v1/notices?state=received", issuer.authorization(Role.OPERATOR))
    hidden = await items(http, "/v1/notices", officer_of(issuer, score))

    assert [each["state"] for each in expected] == ["open"]
    assert notice["notice_id"] in {each["doj_notice_id"] for each in told}
    assert hidden == []
    assert "person" not in told[0]


async def test_a_notice_without_a_readable_id_is_refused_by_its_field(
    http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    doj = issuer.authorization(Role.DOJ)

    answer = await http.post("/v1/notices", json=a_notice() | {"notice_id": "a/b"}, headers=doj)

    assert answer.status_code == 422
    assert {fault["field"] for fault in answer.json()["faults"]} == {"body.notice_id"}


async def test_nobody_but_doj_may_tell_of_results(
    http: httpx.AsyncClient, issuer: LocalIssuer
) -> None:
    answer = await http.post(
        "/v1/notices", json=a_notice(), headers=issuer.authorization(Role.OPERATOR)
    )

    assert answer.status_code == 403
