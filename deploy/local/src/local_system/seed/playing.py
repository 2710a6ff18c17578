"""Plays the plan through the service's own use cases, each on its own day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from local_system.boundaries.services_at import ChosenClock
from local_system.scenario.client import Body, Client
from local_system.scenario.world import World
from local_system.seed.plan import Ending, File

NAMESPACE = UUID("5f0f3c6e-3a35-4e0e-9a3e-0b1a6f1c5a58")
PROGRAM_ITEMS = (
    *("application-form", "representative-attestation", "provider-list"),
    *("polygraph-arrangement", "fee"),
)
PROVIDER_ITEMS = {
    "independent": (
        *("application-form", "license-verification", "live-scan-receipt", "experience-log"),
        *("training-log", "attestation", "fee"),
    ),
    "associate": (
        *("application-form", "license-verification", "live-scan-receipt", "experience-log"),
        *("training-log", "supervision-agreement", "attestation", "fee"),
    ),
    "student": (
        *("application-form", "live-scan-receipt", "enrollment-proof", "training-log"),
        *("supervision-agreement", "attestation", "fee"),
    ),
}
TELL_EVERY = 100


@dataclass
class Seeder:
    """Who acts on the chosen days, and how far it is."""

    world: World
    clock: ChosenClock
    say: Callable[[str], None]
    granted: list[Body] = field(default_factory=list)

    async def was_here(self) -> bool:
        """Whether the first applicant has applied before."""
        first = await self._as("applicant", "applicant 1").get("/v1/applications", limit="1")
        return bool(first["items"])

    async def all(self, files: list[File]) -> None:
        """Play every file to where it is today."""
        for number, file in enumerate(files, start=1):
            await self._play(number, file)
            if number % TELL_EVERY == 0:
                self.say(f"{number} of {len(files)} applications")

    async def _play(self, number: int, file: File) -> None:
        items = _items(file)
        lacking = items[-2] if file.noticed_on or file.completed_on else None
        sent = [item for item in items if item != lacking]
        self._on(file.received_on, 9)
        applicant = self._as("applicant", f"applicant {number}")
        is_draft = file.ending is Ending.DRAFT
        applied = await applicant.post("/v1/applications", _body(file, sent, is_draft=is_draft))
        path = f"/v1/applications/{applied['application_id']}"
        if file.noticed_on and not is_draft:
            self._on(file.noticed_on, 14)
            await self._reviewer(file).post(f"{path}/deficiencies", {})
        if file.completed_on is None:
            return
        self._on(file.completed_on, 10)
        if lacking:
            await applicant.post(f"{path}/documents", {"item": lacking})
        await self._reviewer(file).post(f"{path}/completions", {})
        await self._review(file, path, applied["holder_id"])

    async def _review(self, file: File, path: str, holder_id: str) -> None:
        if file.ending is Ending.IN_LINE or file.completed_on is None:
            return
        begun_on = (file.ended_on or file.completed_on) - timedelta(days=2)
        self._on(max(begun_on, file.completed_on), 11)
        reviewer = self._reviewer(file)
        begun = await reviewer.post(f"{path}/reviews", {})
        if file.ended_on is None:
            return
        self._on(file.ended_on, 15)
        denied = {"outcome": "denied", "reasons": ["the training log does not bear it out"]}
        verdict = denied if file.ending is Ending.DENIED else {"outcome": "granted"}
        decided = await reviewer.post(f"{path}/decisions", verdict, etag=begun.etag)
        if decided["certification_id"]:
            self.granted.append(
                decided.body
                | {"kind": file.kind, "holder_id": holder_id, "granted_on": file.ended_on}
                | {"county": file.county}
            )

    def manager(self) -> Client:
        """The Board's manager."""
        return self._as("board-manager", "manager")

    def representative(self, program_id: str) -> Client:
        """Who speaks for a program."""
        who = f"representative of {program_id}"
        return self._as("program-representative", who, program=program_id)

    def _reviewer(self, file: File) -> Client:
        return self._as("board-reviewer", f"reviewer {file.reviewer}")

    def _as(self, role: str, who: str, **claims: Any) -> Client:  # noqa: ANN401 - claims vary
        token = self.world.system.token(role, sub=str(uuid5(NAMESPACE, who)), **claims)
        address = self.world.system.urls["certification"]
        return Client(self.world.http, address, {"Authorization": f"Bearer {token}"})

    def _on(self, day: date, hour: int) -> None:
        self.clock.turn_to(f"{day.isoformat()} {hour:02d}:00")


def _items(file: File) -> tuple[str, ...]:
    return PROGRAM_ITEMS if file.level is None else PROVIDER_ITEMS[file.level]


def _body(file: File, sent: list[str], *, is_draft: bool) -> Body:
    body: Body = {"kind": file.kind, "name": file.name, "documents": sent, "draft": is_draft}
    if file.level is not None:
        return body | {"level": file.level}
    return body | {
        "headquarters_county": file.county,
        "served_counties": list(file.served),
        "client_band": file.band,
    }
