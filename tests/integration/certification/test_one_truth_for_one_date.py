"""Everybody reads a due date from the ledger: when the law moves it, it has moved everywhere."""

from datetime import timedelta
from pathlib import Path

import pytest

from integration.certification.board_office import PROVIDER_ITEMS, BoardOffice
from integration.certification.program_desk import refusal
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.law.in_force import load_law
from shared.law.rehearsal.applying import apply
from shared.law.rehearsal.proposals import NewEdition
from shared.security.principals import process_actor
from shared.testing.clocks import FixedClock

SIXTY_DAYS_TO_ANSWER = """
name: standards-2012
extends: standards-2012
settings:
  deficiency-answer-days:
    value: 60
    text: In how many days an applicant must answer a deficiency notice
    citation: Configuration of this system; no source states the length
    configured: true
"""


@pytest.fixture
def longer(tmp_path: Path) -> NewEdition:
    """The same edition with sixty days to answer instead of thirty."""
    folder = tmp_path / "editions"
    folder.mkdir()
    (folder / "standards-2012.yaml").write_text(SIXTY_DAYS_TO_ANSWER)
    law = load_law("standards-2012", str(tmp_path))
    return NewEdition(law.edition, law.calendars)


async def test_an_answer_that_the_law_moved_is_due_on_its_new_day_for_everybody(
    office: BoardOffice, clock: FixedClock, longer: NewEdition
) -> None:
    submitted = await office.submit(office.provider_body(documents=list(PROVIDER_ITEMS[:-1])))
    url = f"/v1/applications/{submitted['application_id']}"
    await office.http.post(f"{url}/deficiencies", json={}, headers=office.reviewer)

    await apply(office.database, Cause(process_actor("tests"), new_id()), longer, "a longer time")
    clock.advance(timedelta(days=35))

    shown = await office.show(submitted["application_id"])
    status = await office.http.get(f"/v1/application-statuses/{submitted['status_token']}")
    abandoned = await office.http.post(f"{url}/abandonments", headers=office.reviewer)
    assert shown["deficiencies"][0]["answer_due_on"] == "2027-01-19"
    assert status.json()["answer_due_on"] == "2027-01-19"
    assert refusal(abandoned) == (409, "answer-not-overdue")
    assert abandoned.json()["answer_due_on"] == "2027-01-19"
