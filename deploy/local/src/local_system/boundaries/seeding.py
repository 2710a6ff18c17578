"""Plays the cases on a running system with the real use cases, each at its own instant."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx

from local_system.boundaries.cases import CASES, CONTACT, SEND
from local_system.boundaries.services_at import ChosenClock
from local_system.scenario import (
    steps_case,
    steps_certification,
    steps_dynamic_score,
    steps_month_and_timeline,
)
from local_system.scenario.client import Body
from local_system.scenario.steps_certification import PROGRAM_DOCUMENTS
from local_system.scenario.system import ScenarioSystem
from local_system.scenario.world import World

CERTIFY = (
    steps_certification.apply,
    steps_certification.find_deficient,
    steps_certification.cure,
    steps_certification.decide,
    steps_certification.record_credentials,
)
SUPERVISE = (
    steps_case.open_case,
    steps_case.score_static,
    steps_case.place,
    steps_case.form_team,
)
Say = Callable[[str], None]


@dataclass
class Seeding:
    """Seeds the cases, and records the id of each case's duty once it exists."""

    system: ScenarioSystem
    http: httpx.AsyncClient
    clock: ChosenClock
    say: Say
    duties: dict[str, str] = field(default_factory=dict)

    async def all(self) -> dict[str, str]:
        """Seed every case; returns duty ids by the case's name."""
        await self._applications()
        await self._scores_of_the_turn_of_2024(await self._certified("2024-12-02 10:00"))
        later = await self._certified("2026-02-02 10:00")
        await self._receipts(later)
        await self._contacts_at_the_end_of_november(later)
        return self.duties

    async def _applications(self) -> None:
        for name, completed, decided in (
            ("decided in time", "2026-10-01 23:59", "2026-11-15 23:59"),
            ("decided late", "2026-10-01 23:59", "2026-11-16 00:01"),
            ("completed after midnight", "2026-10-02 00:01", None),
            ("before summer time", "2026-03-07 23:59", None),
            ("into summer time", "2026-03-08 00:01", None),
            ("before winter time", "2026-10-31 23:59", None),
            ("into winter time", "2026-11-01 00:01", None),
        ):
            await self._application(name, completed, decided)

    async def _application(self, name: str, completed: str, decided: str | None) -> None:
        self._begin(name)
        world = World(self.system, self.http, clock=self.clock)
        self.clock.turn_to(completed)
        applied = await world.applicant().post("/v1/applications", _program(world))
        file = f"/v1/applications/{applied['application_id']}"
        duty = await world.reviewer().post(f"{file}/completions", {})
        self.duties[name] = duty["duty_id"]
        if decided is not None:
            self.clock.turn_to(decided)
            seen = await world.reviewer().get(file)
            decision: Body = {"outcome": "granted", "reasons": ["the requirements are met"]}
            await world.reviewer().post(f"{file}/decisions", decision, etag=seen.etag)

    async def _certified(self, at: str) -> World:
        """A program, a provider, a scorer and an examiner, from that day on."""
        self.say(f"a program and its provider are certified on {at[:10]}")
        self.clock.turn_to(at)
        world = World(self.system, self.http, clock=self.clock)
        await _play(world, CERTIFY)
        return world

    async def _scores_of_the_turn_of_2024(self, world: World) -> None:
        for name, at in (
            ("scored in 2024", "2024-12-31 23:59"),
            ("scored in 2025", "2025-01-01 00:01"),
        ):
            case = await self._case(name, world, "2024-12-16 10:00")
            self.clock.turn_to(at)
            await _play(case, (steps_dynamic_score.score,))
            self.duties[name] = case.ids["share_duty_id"]

    async def _receipts(self, world: World) -> None:
        for name, scored, at in (
            ("received on Thursday", "2026-11-16 10:00", "2026-11-19 23:59"),
            ("received after midnight", "2026-11-16 10:00", "2026-11-20 00:01"),
            ("received on Friday", "2026-11-16 10:00", "2026-11-20 23:59"),
            ("received on Saturday", "2026-11-16 10:00", "2026-11-21 00:01"),
            ("scored ahead of DOJ", "2027-03-01 10:00", "2027-03-01 11:00"),
        ):
            case = await self._case(name, world, scored)
            await _play(case, (steps_dynamic_score.score,))
            self.clock.turn_to(at)
            await steps_dynamic_score.record_receipt(case, "sra_fv_share_id")
            officer = case.officer("doj-gateway")
            duty = await steps_dynamic_score.find_duty(officer, case, SEND)
            self.duties[name] = duty["duty_id"]

    async def _contacts_at_the_end_of_november(self, world: World) -> None:
        for name, at in (
            ("spoken in November", "2026-11-30 23:59"),
            ("spoken in December", "2026-12-01 00:01"),
        ):
            case = await self._case(name, world, "2026-11-01 10:00")
            self.clock.turn_to(at)
            await _play(case, (steps_month_and_timeline.attest_contact,))
            officer = case.officer("supervision")
            found = await officer.get("/v1/duties", rule=CONTACT, case_id=case.ids["case_id"])
            self.duties[name] = found["items"][0]["duty_id"]

    async def _case(self, name: str, certified: World, at: str) -> World:
        """Another person's case with the same officer, provider and examiner."""
        self._begin(name)
        self.clock.turn_to(at)
        people = {who: known for who, known in certified.people.items() if who != "person"}
        world = World(
            self.system, self.http, ids=dict(certified.ids), people=people, clock=self.clock
        )
        await _play(world, SUPERVISE)
        return world

    def _begin(self, name: str) -> None:
        case = CASES[name]
        self.say(f"{case.boundary}: {case.story}")


async def _play(world: World, steps: tuple[Callable[[World], Awaitable[list[str]]], ...]) -> None:
    for step in steps:
        await step(world)


def _program(world: World) -> Body:
    return {
        "kind": "program",
        "name": f"Boundary Treatment {world.person('program name')[:8]}",
        "headquarters_county": "Sacramento",
        "served_counties": [],
        "client_band": "1-10",
        "documents": PROGRAM_DOCUMENTS,
    }
