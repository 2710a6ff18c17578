"""The procedure for a restored database, word for word as the runbook has it, for each service."""

import re
import shlex
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from architecture.source_tree import ROOT
from faults import whole_system
from faults.conftest import RunningSystem
from faults.event_checker import check_every_promise
from faults.whole_system import Restorable
from journeys.partner import Partner
from local_system.credentials import SERVICES
from local_system.demo import as_the_scenario_sees
from local_system.scenario.play import play
from shared.messaging.wire.envelope import topic_of

RUNBOOK = ROOT / "docs/operations/event-log.md"
SECTION = re.compile(r"^## A new epoch\n(.*?)^## ", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^ {4,}python -m <(service|reader)> (.+)$", re.MULTILINE)
READERS = re.compile(r"^ *\| `([a-z-]+\.events)` \| (.+) \|$", re.MULTILINE)
REFUSED_SECONDS = 60.0


@dataclass(frozen=True)
class Procedure:
    """The commands of the runbook, in their order, and who reads which topic."""

    commands: list[tuple[str, str]]
    readers: dict[str, list[str]]


def procedure() -> Procedure:
    """Read the section of the runbook."""
    found = SECTION.search(RUNBOOK.read_text())
    assert found is not None
    readers = {topic: re.findall(r"`(\w+)`", them) for topic, them in READERS.findall(found[1])}
    return Procedure(COMMAND.findall(found[1]), readers)


async def played(system: RunningSystem) -> None:
    """Have something happen in every service."""
    said: list[str] = []
    report = await play(as_the_scenario_sees(system.system), said.append)
    assert report.ok, "\n".join([*said[-5:], *system.said[-5:]])
    await check_every_promise(system.system)


async def follow(system: RunningSystem, service: str) -> str:
    """Give the runbook's commands for a service that was restored; return what they said."""
    told, said = procedure(), ""
    topic = topic_of(service)
    for whose, words in told.commands:
        packages = [service.replace("-", "_")] if whose == "service" else told.readers[topic]
        for package in packages:
            if "CAUSE" in words:
                await whole_system.decide_every_cause(system, package, words)
            else:
                command = shlex.split(words.replace("TOPIC", topic))
                said += await whole_system.operate(system, package, *command)
    return said


@pytest.fixture(params=SERVICES)
async def restorable(
    running_system: RunningSystem, request: pytest.FixtureRequest
) -> AsyncIterator[Restorable]:
    """A service with a backup after which everything happened once more."""
    await played(running_system)
    made = Restorable(running_system, str(request.param))
    await made.back_up()
    await played(running_system)
    yield made
    await made.drop()


@pytest.fixture
def partner(restorable: Restorable, tmp_path: Path) -> Iterator[Partner]:
    """Somebody who may read the whole topic of that service, as partners are shown how to."""
    system, service = restorable.running.system, restorable.service
    made = Partner(system, service, tmp_path, role="auditor")
    yield made
    made.kill()


@pytest.mark.long
async def test_restored_service_and_its_readers_agree_after_the_runbooks_procedure(
    restorable: Restorable, partner: Partner
) -> None:
    system = restorable.running
    partner.start()
    await partner.until_it_holds_the_log()
    await restorable.restore()
    await restorable.until_refused(REFUSED_SECONDS)

    await follow(system, restorable.service)

    await played(system)
    assert await whole_system.applied_in_no_log(system) == []
    assert await whole_system.known_in_no_log(system) == []
    await partner.until_it_stops("--rebuild undoes it")
    partner.start("--rebuild")
    await partner.until_it_agrees_with_the_log()


def test_the_runbook_names_every_reader_of_every_topic() -> None:
    assert {topic: set(them) for topic, them in procedure().readers.items()} == (
        whole_system.readers_by_topic()
    )
