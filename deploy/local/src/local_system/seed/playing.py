"""Plays the plan through the service's own use cases, each on its own day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from local_system.boundaries.services_at import ChosenClock
from local_system.scenario.client import Answer, Body, Client
from local_system.scenario.world import World
from local_system.seed.plan import File, PlannedEnding
from local_system.seed.steps import Act, PlannedStep, steps_of

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
TELL_EVERY = 250


@dataclass
class Seeder:
    """Carries out the plan, and records its progress."""

    world: World
    clock: ChosenClock
    say: Callable[[str], None]
    granted: list[Body] = field(default_factory=list)
    applied: dict[int, Answer] = field(default_factory=dict)
    """The API's answer to each application, by its place in the plan."""

    async def was_here(self) -> bool:
        """Whether the first applicant has applied before."""
        first = await self._as("applicant", "applicant 1").get("/v1/applications", limit="1")
        return bool(first["items"])

    async def all(self, files: list[File]) -> None:
        """Play every application up to its state of today."""
        for played, step in enumerate(steps_of(files), start=1):
            self.clock.turn_to(step.at)
            await self._play(step)
            if played % TELL_EVERY == 0:
                self.say(f"{played} steps of {len(files)} applications, up to {step.day}")

    async def _play(self, step: PlannedStep) -> None:
        match step.act:
            case Act.RECEIVED:
                await self._apply(step)
            case Act.NOTICED:
                await self._reviewer(step.file).post(f"{self._path(step)}/deficiencies", {})
            case Act.COMPLETED:
                await self._complete(step)
            case Act.REVIEWED:
                await self._reviewer(step.file).post(f"{self._path(step)}/reviews", {})
            case Act.DECIDED:
                await self._decide(step)

    async def _apply(self, step: PlannedStep) -> None:
        lacking = _lacking(step.file)
        sent = [item for item in _items(step.file) if item != lacking]
        body = _body(step.file, sent, is_draft=step.file.ending is PlannedEnding.DRAFT)
        self.applied[step.number] = await self._applicant(step).post("/v1/applications", body)

    async def _complete(self, step: PlannedStep) -> None:
        if lacking := _lacking(step.file):
            await self._applicant(step).post(f"{self._path(step)}/documents", {"item": lacking})
        await self._reviewer(step.file).post(f"{self._path(step)}/completions", {})

    async def _decide(self, step: PlannedStep) -> None:
        file, reviewer = step.file, self._reviewer(step.file)
        seen = await reviewer.get(self._path(step))
        denied = {"outcome": "denied", "reasons": ["the training log does not bear it out"]}
        verdict = denied if file.ending is PlannedEnding.DENIED else {"outcome": "granted"}
        decided = await reviewer.post(f"{self._path(step)}/decisions", verdict, etag=seen.etag)
        if decided["certification_id"]:
            self.granted.append(
                decided.body
                | {"kind": file.kind, "holder_id": self.applied[step.number]["holder_id"]}
                | {"granted_on": step.day, "county": file.county}
            )

    def manager(self) -> Client:
        """The Board's manager."""
        return self._as("board-manager", "manager")

    def representative(self, program_id: str) -> Client:
        """The account that represents a program."""
        who = f"representative of {program_id}"
        return self._as("program-representative", who, program=program_id)

    def _reviewer(self, file: File) -> Client:
        return self._as("board-reviewer", f"reviewer {file.reviewer}")

    def _as(self, role: str, who: str, **claims: Any) -> Client:  # noqa: ANN401 - claims vary
        token = self.world.system.token(role, sub=str(uuid5(NAMESPACE, who)), **claims)
        address = self.world.system.urls["certification"]
        return Client(self.world.http, address, {"Authorization": f"Bearer {token}"})

    def _applicant(self, step: PlannedStep) -> Client:
        return self._as("applicant", f"applicant {step.number}")

    def _path(self, step: PlannedStep) -> str:
        return f"/v1/applications/{self.applied[step.number]['application_id']}"


def _lacking(file: File) -> str | None:
    """The item that arrives last, on the day of completion; None if all arrived at once."""
    return _items(file)[-2] if file.noticed_on or file.completed_on else None


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
