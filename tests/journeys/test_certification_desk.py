"""The Board's desk through the years: decided in time and late, renewed, upgraded, denied.

Each journey runs on the running system's databases, on days of its own choice.
"""

from collections.abc import AsyncIterator

import pytest

from journeys.desk_days import ALL_PROVIDER_DOCUMENTS, DeskDays, desk_days
from local_system.launch import Launch


@pytest.fixture
async def desk(launch: Launch) -> AsyncIterator[DeskDays]:
    """The desk of the running system."""
    async with desk_days(launch.system) as opened:
        yield opened


@pytest.mark.parametrize(
    ("decided_at", "state", "in_time"),
    [("2025-04-24 16:00", "met", 1), ("2025-04-26 10:00", "met-late", 0)],
    ids=["day 44", "day 46"],
)
async def test_a_deficient_file_is_cured_and_decided_on_its_day(
    desk: DeskDays, decided_at: str, state: str, in_time: int
) -> None:
    desk.on("2025-02-20 09:00")
    applied = await desk.apply(documents=ALL_PROVIDER_DOCUMENTS[:-1])
    application = applied["application_id"]
    file = f"/v1/applications/{application}"
    notice = (await desk.reviewer.post(f"{file}/deficiencies", {})).body
    desk.on("2025-03-11 09:00")
    status = await desk.public.get(f"/v1/application-statuses/{applied['status_token']}")
    await desk.applicant.post(f"{file}/documents", {"item": "live-scan-receipt"})
    completed = await desk.complete(application)

    desk.on(decided_at)
    granted = await desk.decide(application)

    answered = await desk.duty("answer-deficiency", notice["deficiency_id"])
    decided = await desk.duty("decide-application", application)
    shown = await desk.file(application)
    assert [each["item"] for each in status["missing"]] == ["live-scan-receipt"]
    assert (notice["answer_due_on"], answered["state"]) == ("2025-03-22", "met")
    assert (completed["completed_on"], completed["due_on"]) == ("2025-03-11", "2025-04-25")
    assert (decided["state"], granted["outcome"]) == (state, "granted")
    assert shown["time_split"]["waiting_on_applicant_days"] == 19.0
    report = await desk.reviewer.get("/v1/queue-reports", since=decided_at[:10], until="2025-04-27")
    assert report["decided_in_time"] >= in_time


async def test_a_program_renews_in_time_then_late_then_never(desk: DeskDays) -> None:
    desk.on("2018-05-07 10:00")
    first = await desk.certify(await desk.apply_as_program())
    number = first["number"]

    desk.on("2020-04-01 10:00")
    renewal = {"purpose": "renewal", "certification_id": first["certification_id"]}
    second = await desk.certify(await desk.apply_as_program(**renewal))
    desk.on("2022-06-15 10:00")
    late = {"purpose": "renewal", "certification_id": second["certification_id"]}
    third = await desk.certify(await desk.apply_as_program(**late))

    ended = await desk.announced(third["certification_id"], "certification.certification.ended")
    spans = [(each["effective_from"], each["effective_until"]) for each in (first, second, third)]
    assert {first["number"], second["number"], third["number"]} == {number}
    assert spans == [
        ("2018-05-07", "2020-05-07"),
        ("2020-05-07", "2022-05-07"),
        ("2022-06-15", "2024-06-15"),
    ]
    days = {
        "2018-05-06": "not-yet-certified",
        "2020-05-06": "certified",
        "2020-05-07": "certified",
        "2022-05-06": "certified",
        "2022-05-07": "expired",
        "2022-06-14": "expired",
        "2022-06-15": "certified",
        "2024-06-14": "certified",
        "2024-06-15": "expired",
    }
    desk.on("2026-11-20 10:00")
    said = {day: (await desk.register("program", number, day))["status"] for day in days}
    assert said == days
    assert (ended["data"]["because"], ended["data"]["effective_on"]) == ("expired", "2024-06-15")
    owed = [
        (await desk.duty("renew-certification", each["certification_id"]))["state"]
        for each in (first, second, third)
    ]
    assert owed == ["met", "met-late", "open"]


async def test_an_associate_rises_to_independent_and_both_levels_stay_on_record(
    desk: DeskDays,
) -> None:
    desk.on("2025-01-13 10:00")
    documents = [*ALL_PROVIDER_DOCUMENTS, "supervision-agreement"]
    first = await desk.certify(await desk.apply(level="associate", documents=documents))
    desk.on("2026-03-02 10:00")

    followed = {"purpose": "upgrade", "certification_id": first["certification_id"]}
    risen = await desk.certify(await desk.apply(**followed))

    desk.on("2026-11-20 10:00")
    before = await desk.register("provider", first["number"], "2026-03-01")
    after = await desk.register("provider", first["number"], "2026-03-02")
    assert risen["number"] == first["number"]
    assert (before["level"], before["status"]) == ("associate", "certified")
    assert (after["level"], after["status"]) == ("independent", "certified")
    assert after["certified_since"] == "2025-01-13"


async def test_a_denial_is_appealed_and_reversed_and_another_is_appealed_too_late(
    desk: DeskDays,
) -> None:
    desk.on("2025-06-02 10:00")
    one, other = await desk.apply(), await desk.apply(name="Riley Stone")
    for each in (one, other):
        await desk.complete(each["application_id"])
        await desk.decide(each["application_id"], outcome="denied", reasons=["no such training"])
    appeals = {
        each["application_id"]: f"/v1/applications/{each['application_id']}/appeals"
        for each in (one, other)
    }
    grounds = {"grounds": "the training was in another state"}

    desk.on("2025-07-02 23:30")
    filed = await desk.applicant.post(appeals[one["application_id"]], grounds)
    desk.on("2025-07-03 00:10")
    refused = await desk.applicant.refused(
        appeals[other["application_id"]], grounds, status=409, names="appeal-window-closed"
    )
    await desk.manager.post(
        f"{appeals[one['application_id']]}/{filed['appeal_id']}/outcomes",
        {"outcome": "reversed", "reasons": ["the training counts"]},
    )
    granted = await desk.decide(one["application_id"])

    shown = await desk.file(one["application_id"])
    assert refused["appeal_open_until"] == "2025-07-02"
    assert (granted["outcome"], shown["appeal"]["outcome"]) == ("granted", "reversed")
    assert (await desk.file(other["application_id"]))["decision"]["outcome"] == "denied"
