"""A case with its team, told to scoring as the other services tell it: by their events."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import TextClause, text

from scoring.consumed import handlers
from shared.database.database import Database
from shared.database.transaction import Cause
from shared.events.certification import (
    CertificationGranted,
    ProgramProviderLinked,
    ScorerCredentialRecorded,
)
from shared.events.event import Event
from shared.events.supervision import CaseOpened, ScoreReceiptRecorded, TeamChanged
from shared.identifiers import new_id
from shared.messaging.consuming.handlers import Received
from shared.security.principals import Actor, Role, process_actor
from shared.testing.tokens import LocalIssuer

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
AGENCY = "sacramento-probation"
UNIT = "north"
SRA_FV_ITEMS = {
    **{f"sexual-interests-{n}": 1 for n in (1, 2, 3)},
    **{f"relational-style-{n}": 2 for n in (1, 2, 3, 4)},
    **{f"self-management-{n}": 0 for n in (1, 2, 3)},
}
LS_CMI_ITEMS = {f"domain-{n}": 2 for n in range(1, 9)}
STATIC_99R_ITEMS = {"age-at-release": -1, **{f"item-{n}": 1 for n in range(2, 11)}}
HELD = (date(2026, 1, 1), date(2028, 1, 1))


@dataclass
class Scene:
    """One case, its people, and ways to act as each of them."""

    client: httpx.AsyncClient
    database: Database
    issuer: LocalIssuer
    case_id: UUID = field(default_factory=new_id)
    officer_id: UUID = field(default_factory=new_id)
    provider_id: UUID = field(default_factory=new_id)
    program_id: UUID = field(default_factory=new_id)
    examiner_id: UUID = field(default_factory=new_id)
    people: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the people of the case known by their roles."""
        officer = Actor(str(self.officer_id), frozenset({Role.OFFICER}), AGENCY, UNIT)
        provider = Actor(
            str(new_id()),
            frozenset({Role.PROVIDER}),
            provider=self.provider_id,
            program=self.program_id,
        )
        self.people = {
            "officer": officer,
            "provider": provider,
            "colleague": replace(officer, subject=str(new_id())),
            "elsewhere": replace(officer, subject=str(new_id()), agency="yolo-probation"),
            "outsider": replace(provider, provider=new_id(), program=new_id()),
            "supervisor": Actor(str(new_id()), frozenset({Role.UNIT_SUPERVISOR}), AGENCY, UNIT),
            "examiner": Actor(str(self.examiner_id), frozenset({Role.EXAMINER})),
            "auditor": Actor(str(new_id()), frozenset({Role.AUDITOR})),
            "gateway": Actor("doj-gateway", frozenset({Role.SERVICE})),
            "applicant": Actor(str(new_id()), frozenset({Role.APPLICANT})),
        }

    async def tell(self, *events: Event) -> None:
        """Handle events as the consumer does, in one transaction."""
        async with self.database.transaction(Cause(process_actor("consumer"), new_id())) as tx:
            for event in events:
                registration = handlers().for_type(event.type_for())
                assert registration is not None
                await registration.handle(
                    tx,
                    Received(new_id(), event.type_for(), event.subject_id, tx.now, new_id(), event),
                )

    async def open_case(self, *, agency_kind: str = "probation") -> None:
        """Tell that the case was opened."""
        await self.tell(self.case_opened(agency_kind))

    def case_opened(self, agency_kind: str = "probation") -> CaseOpened:
        """The opening of the case."""
        return CaseOpened(
            case_id=self.case_id,
            supervision_type="formal-probation",
            agency=AGENCY,
            agency_kind=agency_kind,
            unit=UNIT,
            officer_id=self.officer_id,
            starts_on=TODAY,
            county_of_residence="Sacramento",
        )

    def team(self, **changed: Any) -> TeamChanged:  # noqa: ANN401 - any field of the event
        """The team of the case, from today on, with what a test changes."""
        fields: dict[str, Any] = {
            "case_id": self.case_id,
            "team_id": new_id(),
            "agency": AGENCY,
            "unit": UNIT,
            "officer_id": self.officer_id,
            "provider_id": self.provider_id,
            "program_id": self.program_id,
            "examiner_id": self.examiner_id,
            "effective_from": date(2026, 11, 1),
        }
        return TeamChanged.model_validate(fields | changed)

    async def certify(self, kind: str, span: tuple[date, date] = HELD) -> CertificationGranted:
        """Tell that the provider or the program was certified."""
        granted = CertificationGranted(
            certification_id=new_id(),
            application_id=new_id(),
            kind=kind,
            holder_id=self.provider_id if kind == "provider" else self.program_id,
            effective_from=span[0],
            effective_until=span[1],
        )
        await self.tell(granted)
        return granted

    async def link(self, span: tuple[date, date | None] = HELD) -> ProgramProviderLinked:
        """Tell that the provider works in the program."""
        linked = ProgramProviderLinked(
            program_provider_id=new_id(),
            program_id=self.program_id,
            provider_id=self.provider_id,
            effective_from=span[0],
            effective_until=span[1],
        )
        await self.tell(linked)
        return linked

    async def credential(
        self, scorer_id: UUID, instrument: str, span: tuple[date, date] = HELD
    ) -> ScorerCredentialRecorded:
        """Tell that somebody may score an instrument."""
        recorded = ScorerCredentialRecorded(
            scorer_credential_id=new_id(),
            scorer_id=scorer_id,
            instrument=instrument,
            effective_from=span[0],
            effective_until=span[1],
        )
        await self.tell(recorded)
        return recorded

    async def everything(self) -> None:
        """A case with a team whose members may all score what is theirs."""
        await self.open_case()
        await self.tell(self.team())
        await self.certify("provider")
        await self.certify("program")
        await self.link()
        await self.credential(self.provider_id, "sra-fv")
        await self.credential(self.provider_id, "ls-cmi")
        await self.credential(self.officer_id, "static-99r")

    def body(self, instrument: str, /, **changed: object) -> dict[str, Any]:
        """What a scorer enters."""
        entered: dict[str, dict[str, object]] = {
            "sra-fv": {"items": SRA_FV_ITEMS, "level": "moderate"},
            "ls-cmi": {"items": LS_CMI_ITEMS, "tool": "saratso-online"},
            "static-99r": {"items": STATIC_99R_ITEMS},
        }
        return {
            "case_id": str(self.case_id),
            "instrument": instrument,
            "assessed_on": TODAY.isoformat(),
            "reason": "initial",
            **entered[instrument],
            **changed,
        }

    def token_of(self, who: str) -> dict[str, str]:
        """The header that carries the token of one of the people; nothing for a stranger."""
        if who not in self.people:
            return {}
        actor = self.people[who]
        claims = {"agency": actor.agency, "unit": actor.unit, "provider": actor.provider}
        given: dict[str, Any] = {name: value for name, value in claims.items() if value}
        return self.issuer.authorization(*actor.roles, sub=actor.subject, **given)

    async def post(self, who: str, path: str, body: object, **headers: str) -> httpx.Response:
        """Post as one of the people; headers by their names with underscores."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post(path, json=body, headers=self.token_of(who) | sent)

    async def get(self, who: str, path: str, **query: str) -> httpx.Response:
        """Get as one of the people."""
        return await self.client.get(path, params=query, headers=self.token_of(who))

    async def drafted(self, who: str, instrument: str, /, **changed: object) -> str:
        """Draft an assessment and give its id."""
        answer = await self.post(who, "/v1/assessments", self.body(instrument, **changed))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["assessment_id"])

    async def finalize(self, who: str, assessment_id: str) -> httpx.Response:
        """Freeze a draft as seen."""
        path = f"/v1/assessments/{assessment_id}/finalizations"
        return await self.post(who, path, {}, If_Match='"1"')

    async def finalized(self, who: str, instrument: str, /, **changed: object) -> str:
        """Draft and freeze an assessment and give its id."""
        assessment_id = await self.drafted(who, instrument, **changed)
        answer = await self.finalize(who, assessment_id)
        assert answer.status_code == 201, answer.text
        return assessment_id

    async def shared(self, assessment_id: str) -> dict[str, Any]:
        """Share a frozen assessment."""
        answer = await self.post("provider", "/v1/shares", {"assessment_id": assessment_id})
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def receipt(self, share: dict[str, Any], at: datetime) -> ScoreReceiptRecorded:
        """The officer's receipt of a share."""
        return ScoreReceiptRecorded(
            share_id=UUID(share["share_id"]),
            score_receipt_id=new_id(),
            assessment_id=UUID(share["assessment_id"]),
            case_id=self.case_id,
            instrument=share["instrument"],
            assessed_on=date.fromisoformat(share["assessed_on"]),
            officer_id=self.officer_id,
            agency=AGENCY,
            unit=UNIT,
            received_at=at,
        )

    async def duty_of(self, assessment_id: str) -> dict[str, Any]:
        """The one duty about an assessment, as the provider sees it."""
        answer = await self.get("provider", "/v1/duties", subject_id=assessment_id)
        (duty,) = answer.json()["items"]
        found: dict[str, Any] = duty
        return found

    async def rows(self, statement: str, **values: object) -> Sequence[Any]:
        """What stands in the database."""
        query: TextClause = text(statement)
        async with self.database.engine.connect() as connection:
            return (await connection.execute(query, values)).all()


def fields(answer: httpx.Response) -> list[str]:
    """The fields that a refusal names."""
    return [fault["field"] for fault in answer.json().get("faults", [])]
