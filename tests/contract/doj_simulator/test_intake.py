"""DOJ's intake as the gateway relies on it: taken once, by reference, and never forgotten."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract.doj_simulator.filled_forms import filled_form, new_reference
from contract.doj_simulator.running import RunningSimulator, eventually, running_simulator
from doj_simulator.app import describe

DOCUMENT = Path(__file__).parents[3] / "services/doj-gateway/simulator/openapi.json"


async def test_the_same_bytes_again_get_the_same_receipt(doj: httpx.AsyncClient) -> None:
    reference = new_reference()
    form = json.dumps(filled_form(reference)).encode()

    first = await doj.put(f"/v1/submissions/{reference}", content=form)
    second = await doj.put(f"/v1/submissions/{reference}", content=form)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()


async def test_other_content_under_a_taken_reference_is_refused(doj: httpx.AsyncClient) -> None:
    reference = new_reference()
    await doj.put(f"/v1/submissions/{reference}", json=filled_form(reference))

    other = await doj.put(
        f"/v1/submissions/{reference}", json=filled_form(reference, reason="final")
    )

    assert other.status_code == 409
    assert other.json() == {"reason_code": "reference-taken"}


@pytest.mark.parametrize(
    ("changes", "reason_code"),
    [
        ({"form_version": 9}, "form-version-invalid"),
        ({"instrument": "unheard-of"}, "instrument-invalid"),
        ({"assessed_on": "2199-01-01"}, "assessed-on-in-the-future"),
        ({"reference": "CASOMB-another-1"}, "reference-differs"),
        ({"surprise": 1}, "surprise-invalid"),
        ({"person": {"given_name": "Avery"}}, "person-family-name-missing"),
    ],
)
async def test_a_wrong_form_is_rejected_by_a_code_that_the_status_repeats(
    doj: httpx.AsyncClient, changes: dict[str, Any], reason_code: str
) -> None:
    reference = new_reference()

    refused = await doj.put(f"/v1/submissions/{reference}", json=filled_form(reference, **changes))
    status = await doj.get(f"/v1/submissions/{reference}")

    assert refused.status_code == 422
    assert refused.json() == {"reason_code": reason_code}
    assert (status.json()["status"], status.json()["reason_code"]) == ("rejected", reason_code)


async def test_acknowledgment_comes_a_moment_after_acceptance(doj: httpx.AsyncClient) -> None:
    reference = new_reference()
    receipt = await doj.put(f"/v1/submissions/{reference}", json=filled_form(reference))
    at_once = await doj.get(f"/v1/submissions/{reference}")

    async def is_acknowledged() -> bool:
        status = (await doj.get(f"/v1/submissions/{reference}")).json()["status"]
        return bool(status == "acknowledged")

    await eventually(is_acknowledged)
    later = (await doj.get(f"/v1/submissions/{reference}")).json()

    assert at_once.json()["receipt_number"] == receipt.json()["receipt_number"]
    assert later["acknowledged_at"] > later["accepted_at"]


async def test_a_reference_never_sent_is_not_known(doj: httpx.AsyncClient) -> None:
    answer = await doj.get(f"/v1/submissions/{new_reference()}")

    assert answer.status_code == 404


async def test_callers_without_the_key_are_refused(simulator: RunningSimulator) -> None:
    async with httpx.AsyncClient(base_url=simulator.url) as stranger:
        without = await stranger.get(f"/v1/submissions/{new_reference()}")
        wrong = await stranger.get("/v1/notices", headers={"X-Intake-Key": "guessed"})

    assert (without.status_code, wrong.status_code) == (401, 401)


async def test_a_killed_simulator_remembers_what_it_accepted(tmp_path: Path) -> None:
    reference = new_reference()
    with running_simulator(tmp_path / "state.sqlite") as simulator:
        async with httpx.AsyncClient(base_url=simulator.url, headers=simulator.headers) as doj:
            receipt = await doj.put(f"/v1/submissions/{reference}", json=filled_form(reference))
            simulator.kill()
            simulator.start()
            again = await doj.put(f"/v1/submissions/{reference}", json=filled_form(reference))

        assert again.json() == receipt.json()
        assert [each["deliveries"] for each in simulator.arrived()] == [2]


def test_the_committed_document_is_what_the_simulator_serves() -> None:
    committed = json.loads(DOCUMENT.read_text())

    assert committed == json.loads(json.dumps(describe()))
