"""What the tests of the gateway share: events that happen elsewhere, senders, looks at the rows."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from contract.doj_simulator.running import RunningSimulator
from doj_gateway.consumed import handlers
from doj_gateway.domain.owed_scores import Forwarding
from doj_gateway.partners.connections import connect
from doj_gateway.partners.doj import DojIntake
from doj_gateway.sender.limits import Limits
from doj_gateway.settings import Settings
from doj_gateway.worker import build_partners, build_sender
from integration.doj_gateway.neighbors import FailingWay, Neighbors
from shared.clock import SystemClock, california_date
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.events.event import Event
from shared.events.scoring import AssessmentFinalized
from shared.events.supervision import CaseOpened, ScoreReceiptRecorded
from shared.identifiers import new_id
from shared.law.in_force import load_law
from shared.messaging.consuming.handlers import Received
from shared.security.principals import process_actor
from shared.testing.messaging import running, until

RECEIVED_AT = SystemClock().now() - timedelta(minutes=1)
"""DOJ's simulator keeps real time, so what starts a clock lies just before the test."""
ASSESSED_ON = california_date(RECEIVED_AT) - timedelta(days=4)
QUICK = Limits(look_every_seconds=0.01)
SHORT_CLAIMS = Limits(claim=timedelta(seconds=1.5), look_every_seconds=0.01)


@dataclass
class Score:
    """One scored case, as the tests name it."""

    assessment_id: UUID = field(default_factory=new_id)
    case_id: UUID = field(default_factory=new_id)
    provider_id: UUID = field(default_factory=uuid4)
    program_id: UUID = field(default_factory=uuid4)
    officer_id: UUID = field(default_factory=uuid4)
    agency: str = field(default_factory=lambda: f"probation-{uuid4().hex[:8]}")
    unit: str | None = None
    instrument: str = "sra-fv"
    assessed_on: date = ASSESSED_ON

    @property
    def reference(self) -> str:
        """Its reference at DOJ."""
        return f"CASOMB-{self.assessment_id}-1"

    def case_opened(self) -> CaseOpened:
        """Supervision's event."""
        return CaseOpened(
            case_id=self.case_id,
            supervision_type="formal-probation",
            agency=self.agency,
            agency_kind="probation",
            unit=self.unit,
            officer_id=self.officer_id,
            starts_on=ASSESSED_ON,
            county_of_residence="Yolo",
        )

    def finalized(self) -> AssessmentFinalized:
        """Scoring's event."""
        return AssessmentFinalized(
            assessment_id=self.assessment_id,
            version=1,
            case_id=self.case_id,
            instrument=self.instrument,
            instrument_version="1",
            reason="initial",
            assessed_on=self.assessed_on,
            scorer_id=self.provider_id,
            program_id=self.program_id,
            agency=self.agency,
            finalized_at=RECEIVED_AT,
        )

    def received(self) -> ScoreReceiptRecorded:
        """Supervision's event."""
        return ScoreReceiptRecorded(
            share_id=new_id(),
            score_receipt_id=new_id(),
            assessment_id=self.assessment_id,
            case_id=self.case_id,
            instrument=self.instrument,
            assessed_on=self.assessed_on,
            officer_id=self.officer_id,
            agency=self.agency,
            received_at=RECEIVED_AT,
        )


@dataclass
class World:
    """The gateway between a real DOJ simulator and two stand-ins."""

    settings: Settings
    database: Database
    neighbors: Neighbors
    simulator: RunningSimulator
    forwarding: Forwarding = Forwarding.AT_ONCE
    edition: str = "standards-2012"

    async def happens(self, *events: Event, announced_at: datetime | None = None) -> None:
        """Let events of other services arrive, each in a transaction of its own."""
        registry = handlers(load_law(self.edition), self.forwarding)
        for event in events:
            registration = registry.for_type(event.type_for())
            assert registration is not None
            at = announced_at or self.database.clock.now()
            received = Received(new_id(), event.type_for(), event.subject_id, at, new_id(), event)
            async with self.database.transaction(self.cause()) as tx:
                await registration.handle(tx, received)

    async def queued(self, score: Score | None = None) -> Score:
        """A score that waits to be sent."""
        score = score or Score()
        await self.happens(score.case_opened(), score.finalized(), score.received())
        return score

    @asynccontextmanager
    async def sending(
        self, way: FailingWay | None = None, limits: Limits = QUICK
    ) -> AsyncIterator[None]:
        """Run a sender for the length of the block."""
        partners = build_partners(self.settings)
        if way is not None:
            await partners.doj.close()
            doj = DojIntake(connect(self.simulator.url, self.simulator.headers, way))
            partners = replace(partners, doj=doj)
        sender = build_sender(self.settings, partners, limits)
        async with running(sender):
            yield
        await sender.database.engine.dispose()

    @contextmanager
    def simulator_down(self) -> Iterator[None]:
        """Kill DOJ for the length of the block."""
        self.simulator.kill()
        try:
            yield
        finally:
            self.simulator.start()

    async def rows(self, query: str, **values: object) -> list[dict[str, Any]]:
        """Read rows."""
        async with self.database.engine.connect() as connection:
            found = await connection.execute(text(query), values)
            return [dict(row) for row in found.mappings()]

    async def change(self, statement: str, **values: object) -> None:
        """Bring rows to where a test begins."""
        async with self.database.engine.begin() as connection:
            await connection.execute(text(statement), values)

    async def submission(self, score: Score) -> dict[str, Any]:
        """The newest submission of a score."""
        query = "SELECT * FROM submissions WHERE assessment_id = :id ORDER BY round DESC"
        return (await self.rows(query, id=score.assessment_id))[0]

    async def work_items(self, score: Score) -> list[dict[str, Any]]:
        """What somebody must look at about the score's case, the oldest first."""
        query = "SELECT * FROM work_items WHERE case_id = :id ORDER BY id"
        return await self.rows(query, id=score.case_id)

    async def until_state(self, score: Score, *states: str) -> dict[str, Any]:
        """Wait until the submission is in one of the states."""

        async def is_there() -> bool:
            return (await self.submission(score))["state"] in states

        await until(is_there)
        return await self.submission(score)

    async def attempts(self, score: Score) -> list[str | None]:
        """The outcomes of the attempts, in order."""
        query = (
            "SELECT outcome FROM attempts JOIN submissions ON submissions.id = submission_id"
            " WHERE assessment_id = :id ORDER BY round, number"
        )
        return [row["outcome"] for row in await self.rows(query, id=score.assessment_id)]

    async def duties(self, score: Score) -> dict[str, dict[str, Any]]:
        """The duties of the score's case, by rule."""
        query = "SELECT * FROM duties WHERE case_id = :id"
        return {row["rule"]: row for row in await self.rows(query, id=score.case_id)}

    async def events(self, score: Score) -> list[str]:
        """The types of what was announced about the case, in order."""
        query = (
            "SELECT type FROM outbox WHERE convert_from(data, 'UTF8')::jsonb ->> 'case_id' = :id"
            " ORDER BY id"
        )
        return [row["type"] for row in await self.rows(query, id=str(score.case_id))]

    def deliveries(self, score: Score) -> list[dict[str, Any]]:
        """What DOJ holds of the score."""
        arrived = self.simulator.arrived()
        return [one for one in arrived if one["reference"].startswith(score.reference)]

    @staticmethod
    def cause() -> Cause:
        """Why a test's transaction runs."""
        return Cause(process_actor("test"), new_id())
