"""`python -m certification intake …`: what it prints, and what it leaves behind."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest

from integration.certification.intake_desk import PROGRAM_HEADER, program_lines
from integration.operating import operated

SERVICE = "certification"
WRONG = ",No Such Place,Reno,,2026-01-01,2028-01-01\n"


class Said(NamedTuple):
    """What a command printed, and how it ended."""

    code: int
    text: str


class Operator:
    """Runs commands on one fresh database, by name."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self._folder = folder

    async def run(self, *words: str) -> Said:
        """Run one command to its end."""
        result = await operated(SERVICE, ("intake", *words), self.url)
        return Said(result.exit_code, result.output)

    async def check(self, content: str) -> tuple[str, Said]:
        """Look at a list; the id that was given to it, and what was said."""
        file = self._folder / "list.csv"
        file.write_text(content)
        said = await self.run("check", str(file), "--kind", "program", "--by", "pat")
        found = re.search(r"intake ([0-9a-f-]{36})", said.text)
        assert found, said.text
        return found[1], said

    async def audited(self) -> set[tuple[str, str]]:
        """Who did what, as the audit record has it."""
        connection = await asyncpg.connect(self.url)
        rows = await connection.fetch("SELECT DISTINCT actor, action FROM audit_entries")
        await connection.close()
        return {(row["actor"], row["action"]) for row in rows}


@pytest.fixture
def operator(new_database: Callable[[str | None], str], tmp_path: Path) -> Operator:
    return Operator(new_database(SERVICE), tmp_path)


async def test_a_list_is_checked_taken_in_shown_and_undone(operator: Operator) -> None:
    intake_id, checked = await operator.check(PROGRAM_HEADER + program_lines(3, name="By hand"))

    applied = await operator.run("apply", intake_id, "--by", "pat")
    shown = await operator.run("show", intake_id, "--lines", "made")
    undone = await operator.run("undo", intake_id, "--by", "pat")

    named = f"intake {intake_id} (program)"
    assert checked == (0, f"{named}: checked, 3 lines: 3 ready\n")
    assert applied == (0, f"applying 3 lines\n3 of 3\n{named}: applied, 3 lines: 3 made\n")
    assert shown.text.splitlines()[1].startswith("  line 2 PRG-000001 made")
    assert undone == (0, f"undoing 3 lines\n3 of 3\n{named}: undone, 3 lines: 3 undone\n")
    assert await operator.audited() == {
        ("console:pat", action)
        for action in (
            *("intake.checked", "intake.applying", "intake.undoing"),
            *("certification.recorded", "certification.voided"),
        )
    }


async def test_refused_lines_are_said_and_hold_back_the_rest(operator: Operator) -> None:
    content = PROGRAM_HEADER + program_lines(1, name="Right") + WRONG

    intake_id, checked = await operator.check(content)
    refused = await operator.run("apply", intake_id)
    applied = await operator.run("apply", intake_id, "--skip-refused")

    assert "  line 3 refused: headquarters_county is not a county of" in checked.text
    assert refused.code == 1
    assert "1 lines are refused" in refused.text
    assert applied.code == 0
    assert "applied, 2 lines: 1 refused, 1 made" in applied.text


async def test_a_run_begun_elsewhere_is_gone_on_with(operator: Operator) -> None:
    intake_id, _ = await operator.check(PROGRAM_HEADER + program_lines(2, name="Begun"))
    connection = await asyncpg.connect(operator.url)
    await connection.execute(
        "INSERT INTO intake_runs VALUES (gen_random_uuid(), $1, 'applying', false, now(),"
        " 'somebody', '{board-manager}', gen_random_uuid(), NULL, NULL)",
        intake_id,
    )
    await connection.close()

    applied = await operator.run("apply", intake_id)

    assert applied.code == 0
    assert "applied, 2 lines: 2 made" in applied.text
    assert ("somebody", "certification.recorded") in await operator.audited()


async def test_a_run_that_is_stopped_is_not_said_to_be_done(operator: Operator) -> None:
    intake_id, _ = await operator.check(PROGRAM_HEADER + program_lines(2, name="Stopped"))
    connection = await asyncpg.connect(operator.url)
    await connection.execute("ALTER TABLE programs ADD CONSTRAINT refused CHECK (false)")
    await connection.close()

    applied = await operator.run("apply", intake_id)

    assert applied.code == 1
    assert "  stopped: database-refused: SQLSTATE 23514 refused\n" in applied.text
    assert applied.text.endswith("fix the cause, then run this command again\n")


async def test_what_is_not_there_is_said_in_a_line(operator: Operator) -> None:
    no_file = await operator.run("check", "/nowhere/list.csv", "--kind", "program")
    no_intake = await operator.run("show", "01a20ad1-3760-762d-a88f-b5edc5c91ddb")

    assert no_file == (1, "/nowhere/list.csv cannot be read: No such file or directory\n")
    assert no_intake == (1, "there is no intake 01a20ad1-3760-762d-a88f-b5edc5c91ddb\n")
