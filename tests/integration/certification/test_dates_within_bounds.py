"""Nothing is recorded from a day that only a slip of the finger can mean."""

from typing import Any

import pytest

from integration.certification.board_office import ANOTHER, BoardOffice, Json
from integration.certification.program_desk import refusal
from shared.identifiers import new_id
from shared.security.principals import Role

TOO_FAR = (422, "too-far-ahead")
LATEST_BEGIN = "2027-12-25"
"""400 days after Friday, November 20, 2026."""


async def _decided(office: BoardOffice, effective_on: str) -> Any:  # noqa: ANN401 - an answer
    submitted = await office.submit(office.provider_body(**ANOTHER))
    await office.complete(submitted["application_id"])
    return await office.decide(submitted["application_id"], effective_on=effective_on)


async def test_a_grant_takes_effect_at_most_400_days_ahead(office: BoardOffice) -> None:
    beyond = await _decided(office, "2027-12-26")
    within = await _decided(office, LATEST_BEGIN)

    assert refusal(beyond) == TOO_FAR
    assert beyond.json()["faults"] == [
        {"field": "body.effective_on", "message": f"must not be after {LATEST_BEGIN}"}
    ]
    assert within.status_code == 201


async def test_a_renewal_is_granted_ahead_from_the_end_of_the_term_it_follows(
    office: BoardOffice,
) -> None:
    granted = await office.certified(office.provider_body())
    body = office.provider_body(purpose="renewal", certification_id=granted["certification_id"])
    renewal = await office.submit(body)
    await office.complete(renewal["application_id"])

    decided = await office.decide(renewal["application_id"], effective_on="2028-11-20")

    assert decided.status_code == 201


@pytest.mark.parametrize(
    "dates",
    [
        {"effective_from": "2027-12-26", "effective_until": "2028-12-26"},
        {"effective_from": "2026-11-20", "effective_until": "2031-11-25"},
    ],
)
async def test_a_correction_begins_and_lasts_within_bounds(
    office: BoardOffice, dates: Json
) -> None:
    granted = await office.certified(office.provider_body())

    refused = await office.http.post(
        f"/v1/certifications/{granted['certification_id']}/corrections",
        json=dates | {"reasons": ["a slip"]},
        headers=office.holding(Role.BOARD_MANAGER) | {"If-Match": '"1"'},
    )

    assert refusal(refused) == TOO_FAR


@pytest.mark.parametrize(
    "span",
    [
        {"effective_from": "2027-12-26", "effective_until": "2028-12-26"},
        {"effective_from": "2026-11-20", "effective_until": "2031-11-25"},
    ],
)
async def test_what_others_grant_begins_and_lasts_within_bounds(
    office: BoardOffice, span: Json
) -> None:
    credential = {"scorer_id": str(new_id()), "instrument": "sra-fv", "reference": "S-1"}
    standing = {"name": "Robin Example", "qualification": "as recorded", "training_hours": 40}

    refused = [
        await office.http.post(
            "/v1/scorer-credentials", json=credential | span, headers=office.reviewer
        ),
        await office.http.post(
            "/v1/examiner-standings", json=standing | span, headers=office.reviewer
        ),
    ]

    assert [refusal(each) for each in refused] == [TOO_FAR, TOO_FAR]


async def test_the_bounds_stand_in_the_description_of_the_interface(office: BoardOffice) -> None:
    document = (await office.http.get("/openapi.json")).json()

    schemas = document["components"]["schemas"]
    effective_on = schemas["DecisionBody"]["properties"]["effective_on"]["description"]
    until = schemas["CorrectionBody"]["properties"]["effective_until"]["description"]
    assert "400 days" in effective_on
    assert "1,830 days" in until
