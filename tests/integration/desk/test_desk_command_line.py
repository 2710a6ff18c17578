"""`python -m scoring desk …`  on the same rows as the API."""

import pytest
from typer.testing import CliRunner, Result

from integration.desk.parked import SECRET, TOPIC, UNREADABLE, Parked, case_opened, record
from integration.operating import operated
from local_system.environment import migration_environment
from scoring.__main__ import cli
from shared.identifiers import new_id
from shared.messaging.consuming.handling import Failure, ParkedState
from shared.messaging.wire.envelope import KafkaRecord

NOBODY = "00000000-0000-0000-0000-000000000000"
NOWHERE = "postgresql://nobody@127.0.0.1:9/nowhere"


async def desk(database_url: str, *words: str) -> Result:
    """Run one command to its end."""
    return await operated("scoring", ("desk", *words), database_url)


@pytest.fixture
async def queue(parked: Parked) -> list[str]:
    """Two messages of one case, the first refused; their ids."""
    case_id = new_id()
    records = (record(each, case_id, case_opened(case_id, agency=SECRET)) for each in (1, 2))
    return [str(each) for each in await parked.put(*records)]


async def test_messages_and_causes_are_listed_in_plain_columns(
    queue: list[str], database_url: str
) -> None:
    listed = await desk(database_url, "list", "--reason", "refused")
    causes = await desk(database_url, "causes")

    heading, line = listed.stdout.strip().splitlines()
    assert heading.split()[:3] == ["id", "state", "head"]
    assert line.split()[:4] == [queue[0], "dead", "yes", "refused"]
    assert line.endswith("not-so: not so")
    _, refused, behind = causes.stdout.strip().splitlines()
    assert "refused supervision.case.opened: not-so: not so" in refused
    assert "behind" in behind
    assert (listed.exit_code, causes.exit_code) == (0, 0)


async def test_a_long_list_says_how_to_go_on(queue: list[str], database_url: str) -> None:
    first = await desk(database_url, "list", "--limit", "1")
    cursor = first.stderr.strip().removeprefix("More results: add --after ")
    second = await desk(database_url, "list", "--limit", "1", "--after", cursor)

    assert (queue[0] in first.stdout, queue[1] in first.stdout) == (True, False)
    assert (queue[0] in second.stdout.split(), queue[1] in second.stdout) == (False, True)
    assert second.stderr == ""


async def test_decided_messages_are_listed_by_their_state_alone(
    queue: list[str], database_url: str
) -> None:
    await desk(database_url, "skip", queue[0])

    opened = await desk(database_url, "list")
    skipped = await desk(database_url, "list", "--state", "skipped")

    assert queue[0] not in opened.stdout.split()
    assert queue[0] in skipped.stdout.split()


async def test_a_message_is_shown_masked_and_the_look_is_on_the_record(
    parked: Parked, queue: list[str], database_url: str
) -> None:
    shown = await desk(database_url, "show", queue[0], "--by", "robin")

    assert shown.exit_code == 0
    assert f"masked, {len(SECRET)} characters" in shown.stdout
    assert "2026-11-20" in shown.stdout
    assert not [part for part in SECRET.split() if part in shown.stdout]
    assert await parked.audited() == [f"parked-message.read {queue[0]} console:robin"]


async def test_a_message_is_retried(parked: Parked, queue: list[str], database_url: str) -> None:
    done = await desk(database_url, "retry", queue[0], "--by", "robin")

    assert (done.exit_code, done.stdout) == (0, f"{queue[0]}: waiting\n")
    assert await parked.audited() == [f"parked-message.retried {queue[0]} console:robin"]


async def test_a_cause_is_retried(queue: list[str], database_url: str) -> None:
    causes = await desk(database_url, "causes")
    cause_id = causes.stdout.splitlines()[1].split()[0]

    done = await desk(database_url, "retry-cause", cause_id)

    assert (done.exit_code, done.stdout) == (0, "retried: 1\n")


async def test_a_cause_is_discarded_with_a_reason(queue: list[str], database_url: str) -> None:
    causes = await desk(database_url, "causes")
    cause_id = causes.stdout.splitlines()[1].split()[0]

    done = await desk(database_url, "discard-cause", cause_id, "--reason", "of no log")

    assert (done.exit_code, done.stdout) == (0, "discarded: 1\n")


async def test_a_message_is_discarded_with_a_reason_by_the_systems_user(
    parked: Parked, queue: list[str], database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "somebody")

    done = await desk(database_url, "discard", queue[0], "--reason", "a test event")

    assert (done.exit_code, done.stdout) == (0, f"{queue[0]}: discarded\n")
    kept = await parked.values(
        "SELECT resolved_by || ': ' || resolved_why FROM parked_messages WHERE state = 'discarded'"
    )
    assert kept == ["console:somebody: a test event"]


@pytest.mark.parametrize(
    "words",
    [
        ["discard", NOBODY],
        ["discard", NOBODY, "--reason", " "],
        ["skip", "no-id"],
        ["skip", NOBODY, "--by", "a\tb"],
        ["list", "--state", "odd"],
        ["reopen"],
    ],
)
def test_wrong_words_are_refused_before_anything_is_asked(words: list[str]) -> None:
    done = CliRunner().invoke(cli, ["desk", *words], env=migration_environment("scoring", NOWHERE))

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


async def test_what_is_refused_is_said_in_one_line(queue: list[str], database_url: str) -> None:
    behind = await desk(database_url, "skip", queue[1])
    unknown = await desk(database_url, "retry", str(new_id()))
    cursor = await desk(database_url, "list", "--after", "x")

    assert [each.exit_code for each in (behind, unknown, cursor)] == [1, 1, 1]
    assert (
        behind.stderr
        == f"an earlier message of the same subject must be decided first: {queue[0]}\n"
    )
    assert unknown.stderr.startswith("there is no parked message")
    assert cursor.stderr == "is not a cursor of this list\n"


async def test_a_database_that_is_away_is_another_thing_than_a_refusal() -> None:
    done = await desk(NOWHERE, "list")

    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith("the database does not answer")


async def test_nothing_of_foreign_bytes_reaches_the_terminal(
    parked: Parked, database_url: str
) -> None:
    kept = KafkaRecord(TOPIC, 0, 7, UNREADABLE, SECRET.encode())
    message_id = str(await parked.put_unreadable(kept))

    done = [
        await desk(database_url, "list"),
        await desk(database_url, "show", message_id),
        await desk(database_url, "retry", message_id),
    ]

    assert [each.exit_code for each in done] == [0, 0, 0]
    told = "".join(each.stdout + each.stderr for each in done)
    assert not [part for part in SECRET.split() if part in told]


async def test_an_error_of_many_lines_takes_one(parked: Parked, database_url: str) -> None:
    case_id = new_id()
    why = Failure(ParkedState.DEAD, "failed", "[bold]one\ntwo")
    await parked.put(record(1, case_id, case_opened(case_id)), why=why)

    done = await desk(database_url, "list")

    assert done.stdout.strip().splitlines()[1].endswith("[bold]one two")
