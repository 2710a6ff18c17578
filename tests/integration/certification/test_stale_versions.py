"""Whatever the change: on a version that stands no longer, or by the interested, it is refused."""

from typing import Any

from contract.http.operations import OPERATIONS, Operation
from integration.certification.board_office import ANOTHER, BoardOffice, Json
from integration.certification.program_desk import SITE, ProgramDesk, open_desk
from shared.identifiers import new_id
from shared.security.principals import Role

SPAN = {"effective_from": "2026-11-20", "effective_until": "2028-11-20"}
STALE = {"If-Match": '"99"'}
CHANGING = [
    each
    for each in OPERATIONS
    if each.service == "certification" and "If-Match" in each.parameters("header")
]


async def test_every_change_of_a_version_that_stands_no_longer_is_refused(
    office: BoardOffice,
) -> None:
    desk = await open_desk(office)
    ids = await _everything(desk)
    bodies = {"certification-link_provider": {"provider_id": ids["provider_id"]}}
    before = await office.written()

    answers = {
        str(operation): await office.http.request(
            operation.method,
            operation.url(**ids),
            json=bodies.get(str(operation), _example(operation)),
            headers=_who(office, operation) | STALE,
        )
        for operation in CHANGING
    }

    said = {name: (each.status_code, each.json().get("type")) for name, each in answers.items()}
    stale = (412, "urn:casomb:problem:stale-etag")
    assert {name: each for name, each in said.items() if each != stale} == {}
    assert await office.written() == before


async def test_every_change_by_staff_with_an_interest_is_refused(office: BoardOffice) -> None:
    ids = await _everything(await open_desk(office))
    own = {"provider": ids["provider_id"], "program": ids["program_id"]}
    staff = office.holding(Role.BOARD_MANAGER, sub=office.reviewer_id, **own)
    right: Json = {"instrument": "sra-fv", "reference": "roster, line 7"}
    bodies = {
        "certification-link_provider": {"provider_id": ids["provider_id"]},
        "certification-correct_scorer_credential": right | SPAN,
    }

    answers = {
        str(operation): await office.http.request(
            operation.method,
            operation.url(**ids),
            json=bodies.get(str(operation), _example(operation)),
            headers=staff | {"If-Match": '"3"' if "/programs/" in operation.path else '"1"'},
        )
        for operation in CHANGING
        if Role.BOARD_MANAGER in operation.roles
        if Role.PROGRAM_REPRESENTATIVE not in operation.roles
        if "/examiner-standings/" not in operation.path
    }
    link = {"holder_id": ids["provider_id"], "account_id": str(new_id()), "reasons": ["a card"]}
    answers["link"] = await office.http.post("/v1/account-links", json=link, headers=staff)

    said = {name: (each.status_code, each.json().get("type")) for name, each in answers.items()}
    interested = (403, "urn:casomb:problem:conflict-of-interest")
    assert {name: each for name, each in said.items() if each != interested} == {}


def _example(operation: Operation) -> Any:  # noqa: ANN401 - any JSON value
    return operation.schemas.example(operation.body) if operation.body else None


def _who(office: BoardOffice, operation: Operation) -> dict[str, str]:
    by_board = Role.BOARD_MANAGER in operation.roles
    return office.manager if by_board else office.applicant


async def _everything(desk: ProgramDesk) -> dict[str, str]:
    """Bring about one of each thing that has versions; return their ids as addresses have them."""
    office = desk.office
    provider, supervisee = await desk.provider(), await desk.provider("Sam Example")
    file = await office.submit(office.provider_body(**ANOTHER))
    site = await desk.changed("sites", SITE)
    link = await desk.changed("providers", {"provider_id": provider["holder_id"]})
    of_credential = {"instrument": "sra-fv", "reference": "roster"}
    of_credential |= {"scorer_id": provider["holder_id"]}
    of_examiner = {"name": "Emery Example", "qualification": "PCSOT", "training_hours": 40}
    agreement = {
        "supervisee_id": supervisee["holder_id"],
        "supervisor_id": provider["holder_id"],
        "signed_on": "2026-11-20",
        "effective_from": "2026-11-20",
    }
    credential = await _recorded(office, "scorer-credentials", of_credential | SPAN)
    examiner = await _recorded(office, "examiner-standings", of_examiner | SPAN)
    agreed = await _recorded(office, "supervision-agreements", agreement)
    return {
        "application_id": file["application_id"],
        "certification_id": provider["certification_id"],
        "provider_id": provider["holder_id"],
        "program_id": desk.program_id,
        "site_id": site["site_id"],
        "link_id": link["link_id"],
        "scorer_credential_id": credential["scorer_credential_id"],
        "examiner_standing_id": examiner["examiner_standing_id"],
        "agreement_id": agreed["agreement_id"],
    }


async def _recorded(office: BoardOffice, what: str, body: Json) -> Json:
    answer = await office.http.post(f"/v1/{what}", json=body, headers=office.reviewer)
    assert answer.status_code == 201, answer.text
    recorded: Json = answer.json()
    return recorded
