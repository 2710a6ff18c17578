"""Plays the steps in order, and reports the time and result of each."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx

from local_system.errors import StepFailedError
from local_system.scenario import (
    steps_case,
    steps_certification,
    steps_dynamic_score,
    steps_month_and_timeline,
    steps_violence_score,
)
from local_system.scenario.partner import Partner
from local_system.scenario.steps_month_and_timeline import ON_THE_TIMELINE
from local_system.scenario.system import ScenarioSystem
from local_system.scenario.world import World

Step = Callable[[World], Awaitable[list[str]]]
Say = Callable[[str], None]

STEPS: tuple[tuple[str, Step], ...] = (
    ("1 apply", steps_certification.apply),
    ("2 find the file deficient", steps_certification.find_deficient),
    ("3 cure and complete", steps_certification.cure),
    ("4 stand in the queue", steps_certification.stand_in_queue),
    ("5 decide, and look up", steps_certification.decide),
    ("6 record credentials", steps_certification.record_credentials),
    ("7a open a case", steps_case.open_case),
    ("7b record Static-99R", steps_case.score_static),
    ("7c place", steps_case.place),
    ("7d form the team", steps_case.form_team),
    ("8 score and share SRA-FV", steps_dynamic_score.score),
    ("9 receive the score", steps_dynamic_score.receive),
    ("10 forward to DOJ", steps_dynamic_score.forward),
    ("11a record LS/CMI", steps_violence_score.score_violence),
    ("11b match DOJ's notice", steps_violence_score.notice_violence),
    ("12 attest the contact", steps_month_and_timeline.attest_contact),
    ("13 read the timeline", steps_month_and_timeline.read_timeline),
    ("14 preview deadlines", steps_month_and_timeline.preview_deadlines),
)
PARTNERS_SEE = ON_THE_TIMELINE | {
    "certification.application.submitted",
    "certification.application.deficient",
    "certification.application.completed",
    "certification.application.decided",
    "certification.certification.granted",
    "certification.scorer-credential.recorded",
    "certification.examiner-standing.recorded",
    "certification.program-provider.linked",
}


@dataclass(frozen=True)
class StepResult:
    """The result of one step."""

    name: str
    ok: bool
    ms: float
    ids: dict[str, str]
    error: str | None = None


@dataclass
class Report:
    """The results of all steps."""

    steps: list[StepResult] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    events_seen: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every step succeeded."""
        return bool(self.steps) and all(step.ok for step in self.steps)

    def as_json(self) -> dict[str, Any]:
        """The report in the form of its file."""
        return {"ok": self.ok, **asdict(self)}


async def play(
    system: ScenarioSystem, say: Say, before_step: Callable[[str], Awaitable[None]] | None = None
) -> Report:
    """Play every step until one fails. Tests may cause faults in `before_step`."""
    report = Report()
    async with httpx.AsyncClient(timeout=60) as http, Partner(system.kafka, say).listening() as p:
        world = World(system, http)
        for name, step in STEPS:
            if before_step is not None:
                await before_step(name)
            report.steps.append(await _timed(name, step, world, say))
            if not report.steps[-1].ok:
                break
        else:
            report.steps.append(await _timed("partners saw it all", _partner_step(p), world, say))
        report.figures = world.figures
        report.events_seen = dict(sorted(p.seen.items()))
    return report


def _partner_step(partner: Partner) -> Step:
    async def step(_: World) -> list[str]:
        if not await partner.has_seen(PARTNERS_SEE):
            missing = ", ".join(sorted(PARTNERS_SEE - set(partner.seen)))
            raise StepFailedError(f"the partner did not receive {missing}")
        return []

    return step


async def _timed(name: str, step: Step, world: World, say: Say) -> StepResult:
    began = time.perf_counter()
    error, ids = None, {}
    try:
        ids = {key: world.ids[key] for key in await step(world)}
    except (StepFailedError, httpx.HTTPError, KeyError) as fault:
        error = f"{type(fault).__name__}: {fault}"
    ms = round((time.perf_counter() - began) * 1000, 1)
    say(
        f"{'ok  ' if error is None else 'FAIL'} {ms:8.1f} ms  {name}{f': {error}' if error else ''}"
    )
    return StepResult(name, error is None, ms, ids, error)
