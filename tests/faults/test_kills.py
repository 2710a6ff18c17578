"""Any one process is killed while the scenario runs: nothing is lost, nothing is done twice."""

import asyncio
import os
import signal

import pytest

from faults.conftest import RunningSystem
from faults.event_checker import check_every_promise
from local_system.demo import as_the_scenario_sees
from local_system.scenario.play import play

VICTIMS = (
    "certification api",
    "certification worker",
    "supervision api",
    "supervision worker",
    "scoring api",
    "scoring worker",
    "doj-gateway api",
    "doj-gateway worker",
    "simulator",
    "postgres",
    "kafka",
)
IN_THE_MIDDLE_OF = {"5 decide, and look up", "9 receive the score", "11b match DOJ's notice"}
AFTER_SECONDS = 0.03
"""Long enough for the step's first request to be under way."""


@pytest.mark.parametrize("victim", VICTIMS)
async def test_killing_a_process_during_the_scenario_loses_nothing(
    running_system: RunningSystem, victim: str
) -> None:
    supervisor = running_system.launch.supervisor
    killed: list[int] = []
    said: list[str] = []

    def kill() -> None:
        killed.append(supervisor.process_id(victim))
        os.kill(killed[-1], signal.SIGKILL)

    async def strike(step: str) -> None:
        if step in IN_THE_MIDDLE_OF:
            asyncio.get_running_loop().call_later(AFTER_SECONDS, kill)

    report = await play(as_the_scenario_sees(running_system.system), said.append, strike)

    assert report.ok, "\n".join([*said[-5:], *running_system.said[-5:]])
    assert len(set(killed)) == len(IN_THE_MIDDLE_OF)
    await check_every_promise(running_system.system)
