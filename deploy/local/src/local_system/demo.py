"""`make demo`: starts a separate, new system, plays the scenario on it and writes a report.

It never touches what `make run` uses, including your own servers.
"""

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from local_system.launch import Launch, take
from local_system.ports import free_block
from local_system.scenario import system as seen_by_scenario
from local_system.scenario.play import Report, play
from local_system.state import PROJECT, StateFolder
from local_system.system import System

STATE = StateFolder(PROJECT / ".local-demo")


async def play_demo(report_file: Path, say: Callable[[str], None]) -> bool:
    """Start, play, stop, write the report; returns whether every step succeeded."""
    _remove_data(STATE)
    system = System(STATE, free_block())
    launch = Launch(system, say)
    began = time.monotonic()
    await launch.start()
    started_in = time.monotonic() - began
    try:
        report = await play(as_the_scenario_sees(system), say)
    finally:
        await launch.stop()
    _write(report_file, report, started_in, time.monotonic() - began)
    say(f"{'every step is ok' if report.ok else 'a step FAILED'}; report: {report_file}")
    if report.ok:
        _remove_data(STATE)
    else:
        say(f"logs: {STATE.folder / 'logs'}")
    return report.ok


def as_the_scenario_sees(system: System) -> seen_by_scenario.ScenarioSystem:
    """Public addresses, tokens and the broker, as an agency uses them."""
    processes = ("certification", "supervision", "scoring", "doj-gateway", "simulator")
    return seen_by_scenario.ScenarioSystem(
        urls={process: system.url(process) for process in processes},
        token=system.token,
        kafka=system.kafka_bootstrap,
        simulator_key=system.simulator_key,
    )


def _remove_data(state: StateFolder) -> None:
    """Delete what an earlier demo left; refuses while another demo runs."""
    with take(state):
        shutil.rmtree(state.folder)


def _write(file: Path, report: Report, started_in: float, took: float) -> None:
    seconds = {"start_seconds": round(started_in, 2), "seconds": round(took, 2)}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(report.as_json() | seconds, indent=2) + "\n")
