"""How long from the officer's receipt to DOJ's acceptance, beside the calls it cannot do without.

    make bench-forwarding

The floor is what the sender must do whatever the design: read the person's part of the form, read
the result, put the form at DOJ, one after the other, in the same run on the same system.
"""

import asyncio
import json
import shutil
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import httpx

from contract.doj_simulator.filled_forms import filled_form, new_reference
from local_system.demo import as_the_scenario_sees
from local_system.launch import Launch
from local_system.ports import free_block
from local_system.scenario import steps_dynamic_score as dynamic
from local_system.scenario.client import Body, until
from local_system.scenario.play import STEPS
from local_system.scenario.steps_case import draft_assessment
from local_system.scenario.world import World
from local_system.state import StateFolder
from local_system.system import System

FIRST_BASE = 24_000
WARM_UP, RUNS = 5, 40
SET_UP = "7d form the team"


async def main() -> None:
    """Measure, and print one JSON document."""
    folder = Path(tempfile.mkdtemp(prefix="casomb-bench-"))
    system = System(StateFolder(folder), free_block(FIRST_BASE))
    launch = Launch(system, say)
    await launch.start()
    try:
        async with httpx.AsyncClient(timeout=10) as http:
            world = World(as_the_scenario_sees(system), http)
            await _set_up(world)
            measured = [await _receipt_and_floor(world) for _ in range(WARM_UP + RUNS)][WARM_UP:]
    finally:
        await launch.stop()
        shutil.rmtree(folder)
    chain, floor = zip(*measured, strict=True)
    ratio = statistics.median(chain) / statistics.median(floor)
    report = {"runs": RUNS, "receipt_to_acceptance_ms": _spread(chain), "floor_ms": _spread(floor)}
    sys.stdout.write(json.dumps({**report, "ratio_of_medians": round(ratio, 1)}, indent=2) + "\n")


def say(line: str) -> None:
    """Tell of the start and of what dies, beside the result."""
    sys.stderr.write(f"{line}\n")


async def _set_up(world: World) -> None:
    for name, step in STEPS:
        await step(world)
        if name == SET_UP:
            return


async def _receipt_and_floor(world: World) -> tuple[float, float]:
    provider, before = world.provider("scoring"), world.ids.get("scored_id")
    anew = {} if before is None else {"rescores": before}
    draft = await draft_assessment(world, provider, "sra-fv", level="low", **anew)
    world.ids["scored_id"] = draft["assessment_id"]
    world.ids["share_id"] = await dynamic.finalize_and_share(world.provider("scoring"), draft)
    receipt = await dynamic.record_receipt(world, "share_id")
    accepted = await _accepted(world, draft["assessment_id"])
    took = _instant(accepted["accepted_at"]) - _instant(receipt["received_at"])
    return took.total_seconds() * 1000, await _floor(world, draft["assessment_id"])


async def _accepted(world: World, assessment: str) -> Body:
    officer = world.officer("doj-gateway")

    async def found() -> Body | None:
        page = await officer.get("/v1/submissions", case_id=world.ids["case_id"], limit="200")
        ours = (each for each in page["items"] if each["assessment_id"] == assessment)
        return next((each for each in ours if each["accepted_at"]), None)

    return await until(found, "DOJ's acceptance")


async def _floor(world: World, assessment: str) -> float:
    """Milliseconds of the three calls by themselves."""
    bearer = {"Authorization": f"Bearer {world.system.token('service')}"}
    urls, reference = world.system.urls, new_reference()
    key = {"X-Intake-Key": world.system.simulator_key}
    began = time.perf_counter()
    case = f"{urls['supervision']}/v1/cases/{world.ids['case_id']}/form-identity"
    result = f"{urls['scoring']}/v1/assessments/{assessment}/form-result"
    answers = [
        await world.http.get(case, headers=bearer),
        await world.http.get(result, headers=bearer),
        await world.http.put(
            f"{urls['simulator']}/v1/submissions/{reference}",
            json=filled_form(reference),
            headers=key,
        ),
    ]
    took = (time.perf_counter() - began) * 1000
    for answer in answers:
        answer.raise_for_status()
    return took


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _spread(values: tuple[float, ...]) -> dict[str, float]:
    ordered = sorted(values)
    places = {"p50": 0.5, "p90": 0.9, "max": 1.0}
    return {
        name: round(ordered[min(int(len(ordered) * place), len(ordered) - 1)], 1)
        for name, place in places.items()
    }


if __name__ == "__main__":
    asyncio.run(main())
