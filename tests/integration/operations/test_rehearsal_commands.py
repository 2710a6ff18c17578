"""`python -m <service> rules diff`, `rules apply`, and the same for a calendar."""

import csv
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from pydantic import SecretStr

from doj_gateway.domain.scores import Assessment
from doj_gateway.storage import assessments
from integration.law.ledger_world import AGENCY, ASSESSED, CAUSE, RECEIVED, SEND
from integration.operating import operated
from shared.clock import SystemClock
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.identifiers import new_id
from shared.law.counting.facts import Fact
from shared.law.duty import ledger
from shared.law.duty.duties import Duty, Owner, Subject
from shared.law.duty.duty_queries import of_subject
from shared.law.in_force import load_law
from shared.process.settings import DatabaseSettings

SERVICE = "doj-gateway"
A_CLOSURE = """\
name: state-offices
extends: state-offices
title: California state offices, with an appointed day
special_closures:
  - {date: 2026-11-30, name: day of mourning, source: "Executive Order, invented"}
"""


class Said(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    text: str


class Operator:
    """Runs the gateway's commands in a folder of its own, on a ledger with one open duty."""

    def __init__(self, url: str, folder: Path, database: Database) -> None:
        self.url = url
        self.folder = folder
        self.database = database
        self.scorer, self.program, self.assessment = new_id(), new_id(), new_id()

    async def run(self, *words: str) -> Said:
        """Run one command to its end."""
        result = await operated(SERVICE, words, self.url, folder=self.folder)
        return Said(result.exit_code, result.output)

    async def owe(self) -> None:
        """Have an officer owe a dynamic score that DOJ is to get."""
        law = load_law("standards-2012")
        async with self.database.transaction(CAUSE) as tx:
            case_id = new_id()
            await assessments.upsert(tx, self._assessed(case_id))
            await ledger.open_duty(
                tx,
                law,
                rule=SEND,
                facts=[Fact("assessment", ASSESSED), Fact("receipt", RECEIVED, "receipt 7")],
                subject=Subject("assessment", self.assessment),
                owner=Owner(agency=AGENCY),
                concerns=case_id,
            )

    def _assessed(self, case_id: UUID) -> Assessment:
        return Assessment(
            id=self.assessment,
            version=1,
            case_id=case_id,
            instrument="sra-fv",
            assessed_on=ASSESSED,
            scorer_id=self.scorer,
            program_id=self.program,
            agency=AGENCY,
        )

    async def duty(self) -> Duty:
        """Read the duty as it stands."""
        async with self.database.transaction(CAUSE) as tx:
            found = await of_subject(tx, SEND, self.assessment)
        assert found is not None
        return found


@pytest.fixture
async def operator(
    new_database: Callable[[str | None], str], tmp_path: Path
) -> AsyncIterator[Operator]:
    url = new_database("doj-gateway")
    engine = create_engine(DatabaseSettings(database_url=SecretStr(url)), "tests")
    made = Operator(url, tmp_path, Database(engine, SystemClock(), "doj-gateway"))
    await made.owe()
    yield made
    await engine.dispose()


async def test_a_rehearsal_says_what_moves_writes_the_list_and_changes_nothing(
    operator: Operator,
) -> None:
    before = await operator.duty()

    said = await operator.run("rules", "diff", "sb-1473")

    listed = (operator.folder / "rules-diff-doj-gateway.csv").read_text().splitlines()
    (row,) = csv.DictReader(listed)
    assert said.code == 0, said.text
    assert "1 would move from 2026-12-01 to 2026-12-16" in said.text
    assert "1 would move from officer to provider" in said.text
    assert (row["duty_id"], row["to_owner"]) == (str(before.id), "provider")
    assert await operator.duty() == before


async def test_an_applied_edition_moves_the_duty_to_the_scorer(operator: Operator) -> None:
    said = await operator.run("rules", "apply", "sb-1473", "--reason", "later law applies")
    again = await operator.run("rules", "apply", "sb-1473", "--reason", "later law applies")

    duty = await operator.duty()
    assert said.code == again.code == 0, said.text
    assert "1 open duties checked: 1 moved, 0 ended, 0 not changed" in said.text
    assert (
        "new duties are still opened under standards-2012: set CASOMB_RULEBOOK_EDITION" in said.text
    )
    assert "0 moved" in again.text
    assert duty.owner == Owner("provider", str(operator.program), operator.scorer)
    assert (duty.edition, duty.due_on.isoformat()) == ("sb-1473", "2026-12-16")


async def test_a_closure_appointed_later_is_rehearsed_and_applied_from_its_file(
    operator: Operator,
) -> None:
    (operator.folder / "state-offices.yaml").write_text(A_CLOSURE)

    tried = await operator.run("calendar", "diff", "./state-offices.yaml")
    applied = await operator.run(
        "calendar", "apply", "./state-offices.yaml", "--reason", "appointed day"
    )

    duty = await operator.duty()
    assert "1 would move from 2026-12-01 to 2026-12-02" in tried.text, tried.text
    assert "1 moved" in applied.text, applied.text
    assert "CASOMB_LAW_FOLDER" in applied.text
    assert str(duty.was_due_on) == "2026-12-01"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("rules", "diff", "sb-1472"), "no rulebook edition 'sb-1472'"),
        (("calendar", "diff", "county"), "no calendar 'county'"),
        (("rules", "diff", "./nothing.yaml"), "nothing.yaml"),
        (("rules", "diff", "./state-offices.yaml"), "no rulebook edition 'state-offices'"),
        (("rules", "diff", "sb-1473", "--file", "nowhere/all.csv"), "nowhere/all.csv"),
    ],
)
async def test_what_cannot_be_rehearsed_is_refused_in_a_line(
    operator: Operator, words: tuple[str, ...], why: str
) -> None:
    (operator.folder / "state-offices.yaml").write_text(A_CLOSURE)

    said = await operator.run(*words)

    assert said.code == 1, said.text
    assert why in said.text
    assert len(said.text.splitlines()) == 1
