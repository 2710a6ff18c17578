"""What the API says of an application, and how it takes one in."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from certification.domain.applications import ClientBand, Kind, Level, Place, State, WaitingOn
from certification.storage.applications import Queued
from certification.use_cases.show_application import ApplicationFile
from certification.use_cases.submit_application import SubmitApplication
from shared.http.shapes import Code, CountyCode, Line, RequestBody
from shared.law.counties import county

MOST_COUNTIES = 58
MOST_ITEMS = 50

Documents = Annotated[
    tuple[Code, ...],
    Field(max_length=MOST_ITEMS, description="Codes of the checklist items that come with it."),
]


class ProgramApplicationBody(RequestBody):
    """A program applies."""

    kind: Literal[Kind.PROGRAM]
    name: Line
    headquarters_county: CountyCode
    served_counties: Annotated[tuple[CountyCode, ...], Field(max_length=MOST_COUNTIES)] = ()
    client_band: ClientBand
    documents: Documents = ()

    def command(self, applicant_id: UUID) -> SubmitApplication:
        """Return what the use case takes."""
        served = tuple(sorted(set(self.served_counties) - {self.headquarters_county}))
        return SubmitApplication(
            kind=Kind.PROGRAM,
            applicant_id=applicant_id,
            name=self.name,
            documents=self.documents,
            client_band=self.client_band,
            place=Place(self.headquarters_county, served),
        )


class ProviderApplicationBody(RequestBody):
    """An individual provider applies."""

    kind: Literal[Kind.PROVIDER]
    name: Line
    level: Level
    documents: Documents = ()

    def command(self, applicant_id: UUID) -> SubmitApplication:
        """Return what the use case takes."""
        return SubmitApplication(
            kind=Kind.PROVIDER,
            applicant_id=applicant_id,
            name=self.name,
            documents=self.documents,
            level=self.level,
        )


ApplicationBody = Annotated[
    ProgramApplicationBody | ProviderApplicationBody, Field(discriminator="kind")
]


class SubmittedAnswer(BaseModel):
    """An application as it was received; the clock starts when it is complete."""

    application_id: UUID
    kind: Kind
    holder_id: UUID
    state: State
    received_on: date
    missing: list[str]


class ApplicationLine(BaseModel):
    """One application in a list; `queue_position` counts the complete ones from 1."""

    application_id: UUID
    kind: Kind
    holder_id: UUID
    level: Level | None
    state: State
    waiting_on: WaitingOn | None
    received_on: date
    completed_on: date | None
    decided_on: date | None
    reviewer_id: UUID | None
    queue_position: int | None


class DocumentAnswer(BaseModel):
    """An item that came in."""

    item: str
    received_on: date


class DeficiencyItemAnswer(BaseModel):
    """An item that a notice named."""

    item: str
    reason: str
    cured_on: date | None
    was_received_on: date | None = Field(description="When an item had come that was sent back.")


class DeficiencyAnswer(BaseModel):
    """A notice of what is missing."""

    deficiency_id: UUID
    sent_on: date
    answer_due_on: date
    items: list[DeficiencyItemAnswer]


class OutcomeAnswer(BaseModel):
    """How the Board decided, and the certification that came of it."""

    decision_id: UUID
    outcome: str
    reasons: list[str]
    conditions: list[str]
    certification_id: UUID | None
    number: str | None


class ApplicationAnswer(ApplicationLine):
    """One application, with where it stands and what it waits for."""

    name: str
    client_band: ClientBand | None
    headquarters_county: str | None
    served_counties: list[str]
    checklist: str
    documents: list[DocumentAnswer]
    missing: list[str]
    deficiencies: list[DeficiencyAnswer]
    duty_id: UUID | None
    due_on: date | None
    paused_on: date | None = Field(
        description="Since when the clock stands; `due_on` moves when it runs again."
    )
    decision: OutcomeAnswer | None


def line_of(queued: Queued) -> ApplicationLine:
    """Shape one application of a list."""
    application = queued.application
    return ApplicationLine(
        application_id=application.id,
        kind=application.kind,
        holder_id=application.holder_id,
        level=application.level,
        state=application.state,
        waiting_on=application.waiting_on,
        received_on=application.received_on,
        completed_on=application.completed_on,
        decided_on=application.decided_on,
        reviewer_id=application.reviewer_id,
        queue_position=queued.queue_position,
    )


def answer_of(file: ApplicationFile) -> ApplicationAnswer:
    """Shape one application with all that belongs to it."""
    application, place = file.queued.application, file.queued.application.place
    return ApplicationAnswer(
        **line_of(file.queued).model_dump(),
        name=application.name,
        client_band=application.client_band,
        headquarters_county=county(place.headquarters_county).name if place else None,
        served_counties=[county(each).name for each in place.served_counties] if place else [],
        checklist=application.checklist,
        documents=[
            DocumentAnswer(item=item, received_on=on) for item, on in file.documents.items()
        ],
        missing=list(file.missing),
        deficiencies=_deficiencies(file),
        duty_id=file.duty.id if file.duty else None,
        due_on=file.duty.due_on if file.duty else None,
        paused_on=file.duty.paused_on if file.duty else None,
        decision=_outcome(file),
    )


def _deficiencies(file: ApplicationFile) -> list[DeficiencyAnswer]:
    return [
        DeficiencyAnswer(
            deficiency_id=notice.id,
            sent_on=notice.sent_on,
            answer_due_on=notice.answer_due_on,
            items=[
                DeficiencyItemAnswer.model_validate(each, from_attributes=True)
                for each in notice.items
            ],
        )
        for notice in file.deficiencies
    ]


def _outcome(file: ApplicationFile) -> OutcomeAnswer | None:
    if file.decision is None:
        return None
    return OutcomeAnswer(
        decision_id=file.decision.id,
        outcome=file.decision.outcome,
        reasons=list(file.decision.reasons),
        conditions=list(file.decision.conditions),
        certification_id=file.certification.id if file.certification else None,
        number=file.certification.number if file.certification else None,
    )
