"""The Board's desk on days of one's own choice, on the running system's databases.

What happens here happens at the chosen time; the system's own publishers, consumers and clerks
carry it on in theirs.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from local_system.boundaries.services_at import ChosenClock, services_at
from local_system.demo import as_the_scenario_sees
from local_system.scenario.client import Answer, Body, Client, until
from local_system.scenario.steps_certification import PROGRAM_DOCUMENTS, PROVIDER_DOCUMENTS
from local_system.scenario.world import World
from local_system.system import System

ALL_PROVIDER_DOCUMENTS = [*PROVIDER_DOCUMENTS, "live-scan-receipt"]


@dataclass
class DeskDays:
    """Applicants and Board staff, each day chosen by `on`."""

    world: World
    clock: ChosenClock

    def on(self, local: str) -> None:
        """Go to a time in California, for example `2026-11-20 10:00`."""
        self.clock.turn_to(local)

    @property
    def applicant(self) -> Client:
        """Who applies."""
        return self.world.applicant()

    @property
    def reviewer(self) -> Client:
        """Who reviews."""
        return self.world.reviewer()

    @property
    def manager(self) -> Client:
        """Who stands above the reviewers."""
        return self.world.manager()

    @property
    def public(self) -> Client:
        """Anybody."""
        return self.world.public("certification")

    async def apply(self, **changes: object) -> Body:
        """Send in a provider's application, whole unless changed."""
        body: Body = {
            "kind": "provider",
            "name": "Morgan Hale",
            "level": "independent",
            "documents": ALL_PROVIDER_DOCUMENTS,
        }
        return (await self.applicant.post("/v1/applications", body | changes)).body

    async def apply_as_program(self, **changes: object) -> Body:
        """Send in a program's application, whole unless changed."""
        body: Body = {
            "kind": "program",
            "name": "Delta Treatment",
            "headquarters_county": "Yolo",
            "served_counties": ["Solano"],
            "client_band": "1-10",
            "documents": PROGRAM_DOCUMENTS,
        }
        return (await self.applicant.post("/v1/applications", body | changes)).body

    async def complete(self, application_id: str) -> Body:
        """Find everything there."""
        path = f"/v1/applications/{application_id}/completions"
        return (await self.reviewer.post(path, {})).body

    async def decide(self, application_id: str, **verdict: object) -> Body:
        """Decide on the version that stands."""
        seen = await self.file(application_id)
        body = {"outcome": "granted"} | verdict
        path = f"/v1/applications/{application_id}/decisions"
        return (await self.reviewer.post(path, body, etag=seen.etag)).body

    async def certify(self, applied: Body) -> Body:
        """Complete and grant."""
        await self.complete(applied["application_id"])
        return applied | await self.decide(applied["application_id"])

    async def file(self, application_id: str) -> Answer:
        """The file as its reviewer sees it."""
        return await self.reviewer.get(f"/v1/applications/{application_id}")

    async def duty(self, rule: str, subject_id: str) -> Body:
        """The duty under a rule about a subject."""
        found = await self.reviewer.get("/v1/duties", rule=rule, subject_id=subject_id)
        duty: Body = found["items"][0]
        return duty

    async def register(self, kind: str, number: str, as_of: str) -> Body:
        """What the register says of a number on a day."""
        return (await self.public.get(f"/v1/register/{kind}/{number}", as_of=as_of)).body

    async def check_list(self, kind: str, text: str) -> Body:
        """Hand in a list of who is certified, as its file; nothing of it counts yet."""
        system = self.world.system
        token = system.token("board-manager", sub=self.world.person("board-manager"))
        answer = await self.world.http.post(
            f"{system.urls['certification']}/v1/intakes",
            params={"kind": kind},
            content=text.encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "text/csv"},
        )
        assert answer.status_code == httpx.codes.CREATED, answer.text
        checked: Body = answer.json()
        return checked

    async def announced(self, subject_id: str, kind: str) -> Body:
        """Wait until the log holds an event of this type about a subject."""
        operator = self.world.operator("certification")

        async def found() -> Body | None:
            page = await operator.get("/v1/events", subject=subject_id, type=kind, limit="10")
            events: list[Body] = list(page.body)  # type: ignore[arg-type] # a batch is a list
            return events[0] if events else None

        return await until(found, f"{kind} of {subject_id}")


@asynccontextmanager
async def desk_days(system: System) -> AsyncIterator[DeskDays]:
    """Open the desk."""
    clock = ChosenClock()
    async with services_at(system, clock) as http:
        yield DeskDays(World(as_the_scenario_sees(system), http, clock=clock), clock)
