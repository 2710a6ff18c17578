"""What the tests of the service share: who asks, and the facts that arrive from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from shared.database.database import Database
from shared.database.transaction import Cause
from shared.events.certification import (
    CertificationGranted,
    ExaminerStandingRecorded,
    ProgramProviderLinked,
)
from shared.events.event import Event
from shared.events.scoring import AssessmentFinalized, ShareMade
from shared.identifiers import new_id
from shared.messaging.consuming.handlers import Received
from shared.security.principals import Role, process_actor
from shared.testing.clocks import FixedClock
from shared.testing.tokens import LocalIssuer
from supervision.consumed import handlers

HANDLERS = handlers()
Headers = dict[str, str]
VALID = (date(2026, 1, 1), date(2028, 1, 1))


@dataclass(frozen=True)
class Case:
    """A case as the tests name it."""

    id: UUID
    person_id: UUID


@dataclass
class World:
    """One agency of its own per test, with one officer; the database may hold others."""

    http: httpx.AsyncClient
    issuer: LocalIssuer
    database: Database
    clock: FixedClock
    agency: str = field(default_factory=lambda: f"probation-{uuid4().hex[:8]}")
    officer_id: UUID = field(default_factory=uuid4)
    provider_id: UUID = field(default_factory=uuid4)
    program_id: UUID = field(default_factory=uuid4)
    examiner_id: UUID = field(default_factory=uuid4)

    @property
    def operator(self) -> Headers:
        """Whoever runs the system."""
        return self.issuer.authorization(Role.OPERATOR)

    @property
    def gateway(self) -> Headers:
        """The gateway, as its client's token names it."""
        return self.issuer.authorization(Role.SERVICE, azp="doj-gateway")

    @property
    def officer(self) -> Headers:
        """The officer of the agency."""
        return self.issuer.authorization(
            Role.OFFICER, sub=self.officer_id, agency=self.agency, unit="adult"
        )

    @property
    def provider(self) -> Headers:
        """The provider whom the officer wants in the team."""
        return self.issuer.authorization(
            Role.PROVIDER, provider=self.provider_id, program=self.program_id
        )

    def of_agency(
        self, role: Role, sub: UUID | str | None = None, unit: str | None = None
    ) -> Headers:
        """Somebody else of the agency, of no unit unless one is given."""
        return self.issuer.authorization(role, sub=sub, agency=self.agency, unit=unit)

    async def settle(self) -> None:
        """Record the agency and its officer."""
        units = [{"code": "adult", "name": "Adult"}, {"code": "juvenile", "name": "Juvenile"}]
        body = {"name": "Probation", "kind": "probation", "county": "06067", "units": units}
        agency = await self.http.put(
            f"/v1/agencies/{self.agency}", json=body, headers=self.operator
        )
        officer = await self.http.put(
            f"/v1/officers/{self.officer_id}",
            json={"name": "Olga Officer", "agency": self.agency, "unit": "adult"},
            headers=self.operator,
        )
        assert (agency.status_code, officer.status_code) == (201, 201)

    async def other_agency(self) -> "World":
        """Settle another agency with an officer of its own."""
        other = World(self.http, self.issuer, self.database, self.clock)
        await other.settle()
        return other

    async def post(self, path: str, body: object, headers: Headers) -> httpx.Response:
        """Send a body."""
        return await self.http.post(path, json=body, headers=headers)

    async def get(self, path: str, headers: Headers) -> httpx.Response:
        """Ask."""
        return await self.http.get(path, headers=headers)

    async def record_person(self, **differences: object) -> UUID:
        """Record a person and return the id."""
        answer = await self.post("/v1/persons", person(**differences), self.officer)
        assert answer.status_code == 201, answer.text
        return UUID(answer.json()["person_id"])

    async def open_case(self, **differences: object) -> Case:
        """Record a person and open a case."""
        person_id = await self.record_person()
        body = case_body(person_id, **differences)
        answer = await self.post("/v1/cases", body, self.officer)
        assert answer.status_code == 201, answer.text
        return Case(UUID(answer.json()["case_id"]), person_id)

    async def certify_team(self) -> None:
        """Let certification's facts about provider, program and examiner arrive."""
        for kind, holder in (("provider", self.provider_id), ("program", self.program_id)):
            await self.hear(granted(kind, holder))
        await self.hear(standing(self.examiner_id))

    async def form_team(self, case: Case, effective_from: str = "2026-11-01") -> httpx.Response:
        """Ask for the team of provider, program and examiner; the provider works in the program."""
        await self.hear(linked(self.provider_id, self.program_id))
        return await self.post("/v1/teams", self.team_body(case, effective_from), self.officer)

    def team_body(self, case: Case, effective_from: str = "2026-11-01") -> dict[str, str]:
        """Name provider, program and examiner."""
        return {
            "case_id": str(case.id),
            "provider_id": str(self.provider_id),
            "program_id": str(self.program_id),
            "examiner_id": str(self.examiner_id),
            "effective_from": effective_from,
        }

    def assessment(self, case_id: UUID, **differences: object) -> AssessmentFinalized:
        """A Static-99R, as scoring announces it, with differences."""
        facts: dict[str, object] = {
            "assessment_id": uuid4(),
            "version": 1,
            "case_id": case_id,
            "instrument": "static-99r",
            "instrument_version": "2016",
            "reason": "initial",
            "assessed_on": date(2026, 11, 20),
            "scorer_id": self.officer_id,
            "agency": self.agency,
            "finalized_at": self.clock.now(),
        }
        return AssessmentFinalized.model_validate(facts | differences)

    def share(self, case_id: UUID, **differences: object) -> ShareMade:
        """A share with the officer's unit, as scoring announces it, with differences."""
        facts: dict[str, object] = {
            "share_id": uuid4(),
            "assessment_id": uuid4(),
            "version": 1,
            "case_id": case_id,
            "instrument": "sra-fv",
            "assessed_on": date(2026, 11, 18),
            "provider_id": self.provider_id,
            "program_id": self.program_id,
            "agency": self.agency,
            "unit": "adult",
            "officer_id": self.officer_id,
            "shared_at": datetime.fromisoformat("2026-11-20T17:00:00Z"),
        }
        return ShareMade.model_validate(facts | differences)

    async def hear(self, event: Event, service: str = "", event_id: UUID | None = None) -> None:
        """Let an event arrive, in a transaction of its own, as the consumer would."""
        kind = event.type_for(service)
        registration = HANDLERS.for_type(kind)
        assert registration is not None, kind
        received = Received(
            event_id=event_id or new_id(),
            type=kind,
            subject_id=event.subject_id,
            occurred_at=self.clock.now(),
            correlation_id=new_id(),
            data=event,
        )
        cause = Cause(process_actor("supervision"), new_id(), received.event_id)
        async with self.database.transaction(cause) as tx:
            await registration.handle(tx, received)

    async def rows(self, statement: str, **parameters: object) -> Sequence[Any]:
        """Look into the database."""
        async with self.database.engine.connect() as connection:
            return (await connection.execute(text(statement), parameters)).all()

    async def published(self, subject_id: UUID) -> list[str]:
        """The types announced about a subject, in order."""
        found = await self.rows(
            "SELECT type FROM outbox WHERE subject_id = :id ORDER BY id", id=subject_id
        )
        return [row.type for row in found]

    async def audited(self, subject_id: UUID) -> list[str]:
        """The acts on the audit record about a subject, in order."""
        found = await self.rows(
            "SELECT action FROM audit_entries WHERE subject_id = :id ORDER BY id", id=subject_id
        )
        return [row.action for row in found]

    async def duty(self, case: Case, rule: str) -> dict[str, Any]:
        """The one duty of a case under a rule that was not canceled, as its officer sees it."""
        answer = await self.get(f"/v1/duties?case_id={case.id}&rule={rule}", self.officer)
        (found,) = [each for each in answer.json()["items"] if each["state"] != "canceled"]
        return dict(found)


def person(**differences: object) -> dict[str, object]:
    """A person's body; the CII number is a new one unless given."""
    body: dict[str, object] = {
        "given_name": "Pat",
        "family_name": "Registrant",
        "birth_date": "1980-02-29",
        "cii_number": str(uuid4().int)[:10],
        "cdcr_number": "AB-12345",
        "ssn": "123-45-6789",
    }
    return body | differences


def case_body(person_id: UUID, **differences: object) -> dict[str, object]:
    """A case's body."""
    body: dict[str, object] = {
        "person_id": str(person_id),
        "supervision_type": "formal-probation",
        "case_number": "21FE001234",
        "sentenced_on": "2026-10-01",
        "starts_on": "2026-11-01",
        "expected_end_on": "2029-12-01",
        "placement_on": "2026-12-01",
        "county_of_conviction": "Sacramento",
        "county_of_residence": "06113",
    }
    return body | {name: str(value) for name, value in differences.items()}


def granted(kind: str, holder_id: UUID, span: tuple[date, date] = VALID) -> CertificationGranted:
    """A certification, as certification announces it."""
    return CertificationGranted(
        certification_id=uuid4(),
        application_id=uuid4(),
        kind=kind,
        holder_id=holder_id,
        effective_from=span[0],
        effective_until=span[1],
    )


def linked(
    provider_id: UUID, program_id: UUID, since: date = VALID[0], until: date | None = None
) -> ProgramProviderLinked:
    """That a provider works in a program, as certification announces it."""
    return ProgramProviderLinked(
        program_provider_id=uuid4(),
        program_id=program_id,
        provider_id=provider_id,
        effective_from=since,
        effective_until=until,
    )


def standing(examiner_id: UUID, span: tuple[date, date] = VALID) -> ExaminerStandingRecorded:
    """An examiner's standing, as certification announces it."""
    return ExaminerStandingRecorded(
        examiner_standing_id=uuid4(),
        examiner_id=examiner_id,
        effective_from=span[0],
        effective_until=span[1],
    )
