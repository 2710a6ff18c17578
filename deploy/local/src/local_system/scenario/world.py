"""The invented people of the scenario, and the ids that its steps create."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx

from local_system.scenario.client import Client
from local_system.scenario.system import ScenarioSystem
from shared.clock import Clock, SystemClock, california_date

AGENCY = "sacramento-probation"
UNIT = "containment"


@dataclass
class World:
    """The system, a client for each role, and the ids known so far."""

    system: ScenarioSystem
    http: httpx.AsyncClient
    ids: dict[str, str] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    clock: Clock = field(default_factory=SystemClock)

    @property
    def today(self) -> date:
        """The date in California."""
        return california_date(self.clock.now())

    def person(self, name: str) -> str:
        """The id of an invented person, the same throughout one play."""
        return self.people.setdefault(name, str(uuid.uuid4()))

    def public(self, service: str) -> Client:
        """Someone without a token."""
        return Client(self.http, self.system.urls[service], {})

    def applicant(self) -> Client:
        """The applicant for the program and for the provider."""
        return self._as("certification", "applicant")

    def reviewer(self) -> Client:
        """The Board's reviewer."""
        return self._as("certification", "board-reviewer")

    def manager(self) -> Client:
        """The Board's manager."""
        return self._as("certification", "board-manager")

    def operator(self, service: str) -> Client:
        """The operator who maintains reference data."""
        return self._as(service, "operator")

    def auditor(self, service: str) -> Client:
        """The auditor, who may see every duty."""
        return self._as(service, "auditor")

    def officer(self, service: str) -> Client:
        """The supervising officer."""
        return self._as(service, "officer", agency=AGENCY, unit=UNIT)

    def provider(self, service: str) -> Client:
        """The treatment provider, within the program."""
        return self._as(
            service, "provider", provider=self.ids["provider_id"], program=self.ids["program_id"]
        )

    def simulator(self) -> Client:
        """SARATSO's online tool, which hands its results to DOJ."""
        key = {"X-Intake-Key": self.system.simulator_key}
        return Client(self.http, self.system.urls["simulator"], key)

    def _as(self, service: str, role: str, **claims: Any) -> Client:  # noqa: ANN401 - claims vary
        token = self.system.token(role, sub=self.person(role), **claims)
        headers = {"Authorization": f"Bearer {token}"}
        return Client(self.http, self.system.urls[service], headers)
